internal import RecCore

/// Searches in a collection for queries without groups, in as few waves of calls as it takes.
///
/// Scores of Milvus are of single precision, and it breaks ties by no rule. So a search fetches some products more than
/// are wanted, and the kernels rank them. Where one that was not fetched could still belong to the answer, a second
/// search lists all with such scores.
struct CollectionSearch: Sendable {
    let collection: MilvusCollection
    let moment: ReadMoment
    /// The candidates of an approximate search; `nil` for an exact one.
    let candidates: Int?

    private static let longestFilter = 1 << 20
    /// Excluded products that are fetched and left out, so that queries which exclude different products are one call.
    private static let mostLeftOut = 32
    private static let marginBytes = 1 << 17
    private static let margins = 16...4096

    init(_ collection: MilvusCollection, _ moment: ReadMoment, candidates: Int?) {
        self.collection = collection
        self.moment = moment
        self.candidates = candidates
    }

    /// Products beyond those that are wanted: as many as cost little.
    var margin: Int {
        let count = Self.marginBytes / (collection.layout.dimension * 4 + 512)
        return min(max(count, Self.margins.lowerBound), Self.margins.upperBound)
    }

    /// The answers to queries that fit the space and have no groups.
    ///
    /// - Parameters:
    ///   - queries: The queries.
    ///   - names: Names that must be those of attributes of a product.
    /// - Returns: The nearest products to each, in the order of the queries.
    /// - Throws: As ``MilvusIndex/search(_:)``.
    func answers(_ queries: [SearchQuery], checking names: [String]) async throws -> [[Neighbor]] {
        let prepared = try queries.map { query throws(RecError) in try MilvusQuery(query, collection.layout) }
        let needsShapes = prepared.contains(where: \.replacesWeights)
        let ranges = Set(queries.flatMap { $0.filter?.rangedAttributes ?? [] }).sorted()
        // What is known is checked in the same round trip; when it was not all, the searches are made again.
        while true {
            let steps = try plan(queries, prepared)
            async let isNews = learn(shapes: needsShapes, ranges)
            async let known = collection.names(names, moment)
            let found = try await find(steps, for: queries)
            let present = try await known
            try await require(names, present)
            if try await isNews { continue }
            let jobs = queries.indices.map { position in
                SearchJob(query: queries[position], prepared: prepared[position], found: found[position])
            }
            let answers = try await finish(jobs)
            if answers.contains(where: \.isEmpty) { try await collection.check() }
            return answers
        }
    }

    /// The search for one query, after its first wave.
    struct SearchJob: Sendable {
        let query: SearchQuery
        let prepared: MilvusQuery
        let found: [Found]
    }

    /// A search for the products of a group.
    struct Step: Sendable {
        /// The position of the query.
        let query: Int
        let group: MilvusQuery.Group
        /// The condition of group, filter and exclusions.
        let filter: String
        /// The most rows.
        let count: Int
        /// Whether rows come with their vectors.
        let isWhole: Bool
    }

    /// The products that a search found.
    struct Found: Sendable {
        let step: Step
        let ids: [ProductID]
        let rows: [MilvusRow]
        /// The score of the last one, if there may be more.
        let last: Double?
    }

    /// Checks that all names are known.
    private func require(_ names: [String], _ known: [String]) async throws {
        guard let unknown = names.first(where: { !known.contains($0) }) else { return }
        let all = try await MilvusIndex(collection).attributeNames()
        try RecError.requireKnown([unknown], among: all)
    }

    /// Learns what the searches under way have to know; answers whether there was anything.
    private func learn(shapes needsShapes: Bool, _ ranges: [String]) async throws -> Bool {
        async let patterns = collection.learnPatterns(moment)
        async let shapes = needsShapes ? collection.learnShapes(moment) : false
        let grown = try await concurrently(ranges) { attribute in
            try await self.collection.learnNumberCount(of: attribute, self.moment)
        }
        let news = try await [patterns, shapes]
        return news.contains(true) || grown.contains(true)
    }

    /// The searches of the first wave.
    private func plan(_ queries: [SearchQuery], _ prepared: [MilvusQuery]) throws(RecError) -> [Step] {
        let knowledge = collection.knowledge
        var steps: [Step] = []
        for (position, query) in queries.enumerated() where query.count > 0 {
            let groups =
                try prepared[position].replacesWeights
                ? prepared[position].groups(shapes: knowledge.shapes)
                : prepared[position].groups(patterns: knowledge.patterns)
            let filter = try filter(of: query)
            let count = min(rowsNeeded(for: query) + margin, MilvusCollection.mostRows)
            for group in groups {
                steps.append(
                    Step(
                        query: position,
                        group: group,
                        filter: MilvusExpression.both(group.filter, filter),
                        count: count,
                        isWhole: count <= collection.rowsInAnswer / 2
                    )
                )
            }
        }
        return steps
    }

    /// The rows to fetch: those wanted, and excluded ones that are left out afterwards.
    func rowsNeeded(for query: SearchQuery) -> Int {
        let leftOut = query.excluded.count > Self.mostLeftOut ? 0 : query.excluded.count
        return min(query.count, MilvusCollection.mostRows) + leftOut
    }

    /// The condition of a query; empty for all products.
    func filter(of query: SearchQuery) throws(RecError) -> String {
        let knowledge = collection.knowledge
        var condition = ""
        if let filter = query.filter {
            condition = try MilvusExpression.of(filter) { knowledge.numberCount(of: $0) }
        }
        if query.excluded.count > Self.mostLeftOut {
            condition = MilvusExpression.both(condition, MilvusExpression.isNone(of: query.excluded))
        }
        guard condition.utf8.count <= Self.longestFilter else {
            throw RecError(
                .unsupportedQuery,
                "The filter and the excluded products of a query take \(condition.utf8.count) bytes for Milvus; "
                    + "\(Self.longestFilter) are allowed."
            )
        }
        return condition
    }
}

extension AttributeFilter {
    /// The names of the attributes that must be within a range.
    fileprivate var rangedAttributes: Set<String> {
        switch self {
        case .has: []
        case .number(let attribute, _): [attribute]
        case .all(let filters), .any(let filters): filters.reduce(into: []) { $0.formUnion($1.rangedAttributes) }
        case .not(let filter): filter.rangedAttributes
        }
    }
}
