package import ArgumentParser
package import RecCore

/// How an answer is shaped: diversity, groups, pages, pinned and excluded products.
package struct ShapeOptions: ParsableArguments {
    @Option(help: "From 0, most similar, to 1, most varied.")
    package var diversity = 0.0

    @Option(help: "How many products variety chooses from at a time.")
    package var pool: Int?

    @Option(help: ArgumentHelp("An attribute of which few products may have the same value.", valueName: "attribute"))
    package var groupBy: [String] = []

    @Option(help: "How many products may have the same value.")
    package var perGroup = 1

    @Option(help: "How many of the first products to leave out, for further pages.")
    package var offset = 0

    @Option(help: ArgumentHelp("A product that must not be in the answer.", valueName: "id"))
    package var exclude: [String] = []

    @Option(help: ArgumentHelp("A product that comes first.", valueName: "id"))
    package var pin: [String] = []

    @Option(help: "The least similarity.")
    package var minimumScore: Double?

    package init() {}

    package func validate() throws {
        guard (0...1).contains(diversity) else { throw ValidationError("--diversity must be from 0 to 1.") }
        guard perGroup > 0 else { throw ValidationError("--per-group must be 1 or more.") }
        guard offset >= 0 else { throw ValidationError("--offset must be 0 or more.") }
        guard (pool ?? 1) > 0 else { throw ValidationError("--pool must be 1 or more.") }
        guard minimumScore?.isNaN != true else { throw ValidationError("--minimum-score must be a number.") }
    }

    /// Puts the options into a query.
    package func apply(to query: inout RecommendationQuery) {
        query.diversity = diversity
        if let pool { query.poolCount = pool }
        query.groupLimits = groupBy.map { GroupLimit(attribute: $0, count: perGroup) }
        query.offset = offset
        query.excluded = Set(exclude.map { ProductID($0) })
        query.pinned = pin.map { ProductID($0) }
        query.minimumSimilarity = minimumScore
    }
}
