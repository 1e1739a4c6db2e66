/// Counts the facets of the catalogue once for all requests, and again when it has changed.
///
/// A catalogue that changes all the time is counted once a second. An engine does not tell whether it has changed, and
/// takes long for a count: it is counted once a minute.
actor FacetCache {
    private static let mostFacets = 16
    private static let mostValues = 60
    private static let pause: Duration = .seconds(1)
    private static let pauseWithoutVersion: Duration = .seconds(60)

    private var known: (counted: CountedFacets, time: ContinuousClock.Instant)?
    private var underWay: (generation: Int, task: Task<CountedFacets, any Error>)?

    /// The attributes by which the catalogue can be filtered, with their values, most frequent first.
    func facets(of generation: Generation) async throws -> CountedFacets {
        let state = generation.state
        if let (counted, time) = known, counted.state.generation == state.generation {
            if state.version != nil, counted.state == state { return counted }
            let pause = state.version == nil ? Self.pauseWithoutVersion : Self.pause
            if ContinuousClock.now - time < pause { return counted }
        }
        // The generation stays open, since each caller holds it until the count has ended.
        if let underWay, underWay.generation == state.generation { return try await underWay.task.value }
        let task = Task { CountedFacets(facets: try await Self.count(generation), state: state) }
        underWay = (state.generation, task)
        defer { if underWay?.task == task { underWay = nil } }
        let counted = try await task.value
        known = (counted, .now)
        return counted
    }

    private static func count(_ generation: Generation) async throws -> Facets {
        let index = generation.index.index
        // Those that products are compared by come first.
        let others = try await index.attributeNames().filter { !generation.attributes.contains($0) }
        // A parameter of such a name does not filter.
        let names = (generation.attributes + others).filter { !QueryParameters.reserved.contains($0) }
        var facets: [Facets.Facet] = []
        for name in names where facets.count < mostFacets {
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
