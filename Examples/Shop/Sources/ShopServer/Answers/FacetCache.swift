/// Counts the facets of the catalogue, at most once a second while it changes.
actor FacetCache {
    private static let mostFacets = 16
    private static let mostValues = 60
    private static let pause: Duration = .seconds(1)

    private struct State: Equatable {
        let generation: Int
        let version: UInt64?
    }

    private var known: (state: State, facets: Facets, time: ContinuousClock.Instant)?

    /// The attributes by which the catalogue can be filtered, with their values, most frequent first.
    func facets(of generation: Generation) async throws -> Facets {
        let state = State(generation: generation.number, version: generation.index.version())
        if let known, known.state.generation == state.generation {
            let isFresh = ContinuousClock.now - known.time < Self.pause
            if isFresh || state.version != nil && known.state == state { return known.facets }
        }
        let facets = try await Self.count(generation)
        known = (state, facets, .now)
        return facets
    }

    private static func count(_ generation: Generation) async throws -> Facets {
        let index = generation.index.index
        // Those that products are compared by come first.
        let others = try await index.attributeNames().filter { !generation.attributes.contains($0) }
        var facets: [Facets.Facet] = []
        for name in generation.attributes + others where facets.count < mostFacets {
            let values = try await index.valueCounts(of: name)
            // One value filters nothing, and where most products have a value of their own, it is a name.
            let products = values.reduce(0) { $0 + $1.count }
            guard values.count > 1, values.count * 2 < max(products, 8) else { continue }
            let listed = values.prefix(mostValues).map { Facets.Value(value: $0.value, count: $0.count) }
            facets.append(Facets.Facet(attribute: name, values: listed))
        }
        return Facets(facets: facets)
    }
}
