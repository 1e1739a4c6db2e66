extension RecommendationQuery {
    /// The greatest ``poolCount``; ordering a pool takes time in proportion to its square.
    static let greatestPoolCount = 10_000

    /// Checks the rules that need no index.
    ///
    /// - Throws: ``RecError`` with code `invalidQuery` or `invalidWeight`.
    func validate() throws(RecError) {
        func require(_ condition: Bool, _ message: @autoclosure () -> String) throws(RecError) {
            if !condition { throw RecError(.invalidQuery, message()) }
        }
        try require(!likes.isEmpty || !dislikes.isEmpty, "There is nothing to start from: name a like or a dislike.")
        try require(count >= 0, "\(count) products were asked for; the count must not be negative.")
        try require(offset >= 0, "The offset is \(offset); it must not be negative.")
        try require(minimumSimilarity?.isNaN != true, "The least similarity is not a number.")
        try require((0...1).contains(diversity), "The diversity is \(diversity); it must be from 0 to 1.")
        try require(
            (1...Self.greatestPoolCount).contains(poolCount),
            "The pool is of \(poolCount) products; it must be of 1 to \(Self.greatestPoolCount)."
        )
        try require(halfLife.map { $0 > .zero } ?? true, "The half-life must be longer than nothing.")
        try require(
            groupLimits.allSatisfy { $0.count > 0 },
            "A group limit must let one product of each group through at least."
        )
        let names = boosts.map(\.name)
        try require(Set(names).count == names.count, "Two boosts have the same name; names must differ.")
        for example in likes + dislikes {
            guard example.weight.isFinite, example.weight >= 0 else {
                throw RecError(
                    .invalidWeight,
                    "The weight of an example is \(example.weight); it must be 0 or greater."
                )
            }
        }
    }
}
