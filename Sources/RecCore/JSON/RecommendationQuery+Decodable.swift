extension RecommendationQuery: Decodable {
    /// Decodes the body of a request.
    ///
    /// ```json
    /// {
    ///     "likes": ["15970", {"id": "1163", "weight": 2, "age": 86400}], "dislikes": ["39386"], "seen": ["2093"],
    ///     "count": 10, "offset": 0, "explain": true, "strategy": "mean", "halfLife": 604800, "imageWeight": 0.8,
    ///     "filter": {"gender": "Women", "price": {"max": 50}}, "groups": [{"attribute": "brand", "count": 2}],
    ///     "minimumSimilarity": 0.3, "diversity": 0.2, "pinned": ["18653"]
    /// }
    /// ```
    /// A field that is missing or null has its default. `seen` becomes ``excluded``, `imageWeight` a ``weighting``, and
    /// ages and half-lives are in seconds. Other fields are ignored. To limit the cost of a request, the limits are
    /// 1,000 likes, 1,000 dislikes, 10,000 seen and 100 pinned products, 16 groups and a count of 1,000.
    /// `offset` and `count` add up to at most 10,000, or 1,000 with `diversity` or `groups`. With the strategy `best`,
    /// which searches for each example, likes and dislikes add up to at most 100.
    ///
    /// - Throws: ``RecError`` with code `invalidQuery` that names the field; the decoder's error for text that is not
    ///   JSON.
    public init(from decoder: any Decoder) throws {
        let object = try RequestObject(decoder, expecting: "an object")
        self.init(
            likes: try object.list("likes", of: "examples", most: RequestLimits.examples) ?? [],
            dislikes: try object.list("dislikes", of: "examples", most: RequestLimits.examples) ?? []
        )
        if let name: String = try object.value("strategy", Self.strategies) {
            guard let named = ExampleStrategy(rawValue: name) else {
                throw object.error("strategy", "must be \(Self.strategies)")
            }
            strategy = named
        }
        count = try object.number("count", in: 0...RequestLimits.count, "a whole number") ?? count
        offset = try object.number("offset", in: 0...RequestLimits.lastProduct, "a whole number") ?? offset
        halfLife = try object.duration("halfLife")
        guard halfLife != .zero else { throw object.error("halfLife", "must be greater than 0") }
        if let share = try object.number("imageWeight", in: 0...1.0, "a number") {
            weighting = Weighting(try BlockWeights(image: share))
        }
        filter = try object.value("filter", "an object of attributes")
        excluded = Set(try object.list("seen", of: "identifiers", most: RequestLimits.seen) ?? [])
        minimumSimilarity = try object.number("minimumSimilarity", in: -1e100...1e100, "a number")
        diversity = try object.number("diversity", in: 0...1.0, "a number") ?? diversity
        groupLimits = try object.list("groups", of: "group limits", most: RequestLimits.groups) ?? []
        pinned = try object.list("pinned", of: "identifiers", most: RequestLimits.pinned) ?? []
        explains = try object.value("explain", "true or false") ?? explains
        try requireCheap(object)
    }

    /// Refuses what is dear only in combination.
    private func requireCheap(_ object: RequestObject) throws(RecError) {
        if strategy == .best, likes.count + dislikes.count > RequestLimits.separateExamples {
            let most = "with 'dislikes' not have more than \(RequestLimits.separateExamples) elements"
            throw object.error("likes", "must together \(most) when 'strategy' is best")
        }
        let isChosen = diversity > 0 || !groupLimits.isEmpty
        let most = isChosen ? RequestLimits.lastChosenProduct : RequestLimits.lastProduct
        guard offset + count > most else { return }
        let reason = isChosen ? " when there is 'diversity' or 'groups'" : ""
        throw object.error("offset", "and 'count' must not be more than \(most) together\(reason)")
    }

    private static let strategies = ExampleStrategy.allCases.map(\.rawValue).joined(separator: ", ")
}
