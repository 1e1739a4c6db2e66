/// `{"facets": [{"attribute": "gender", "values": [{"value": "Men", "count": 80}]}]}`.
struct Facets: Encodable, Sendable {
    let facets: [Facet]

    struct Facet: Encodable, Sendable {
        let attribute: String
        let values: [Value]
    }

    struct Value: Encodable, Sendable {
        let value: String
        let count: Int
    }
}

/// Facets, and the state of the catalogue in which they were counted.
struct CountedFacets: Sendable {
    let facets: Facets
    let state: CatalogueState
}
