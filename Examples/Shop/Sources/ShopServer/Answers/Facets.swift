/// `{"facets": [{"attribute": "gender", "values": [{"value": "Men", "count": 80}]}]}`.
struct Facets: Encodable {
    let facets: [Facet]

    struct Facet: Encodable {
        let attribute: String
        let values: [Value]
    }

    struct Value: Encodable {
        let value: String
        let count: Int
    }
}
