internal import RecCore

/// Searches for the neighbours of products and measures each answer.
struct AnswerMeasurement: Sendable {
    let products: IndexedProducts
    let judge: any RelevanceJudge
    let count: Int
    let weighting: Weighting

    /// The measures of the answers to some products, in the same order.
    func callAsFunction(_ queries: [ProductID]) async throws -> [MeasuredAnswer] {
        let diversity = ListDiversity(space: products.index.space, weighting: weighting)
        let answers = try await products.index.neighbors(
            of: queries,
            count: count,
            weighting: weighting,
            contents: ProductContents(blocks: .all)
        )
        return try zip(queries, answers).map { id, neighbors in
            try Task.checkCancellation()
            let positions = neighbors.compactMap { products[$0.id] }
            var answer = MeasuredAnswer(query: id, shown: positions)
            answer.diversity = try diversity(neighbors.compactMap(\.embedding))
            guard let query = products[id], let ideal = judge.idealAnswer(to: query, count: count) else {
                return answer
            }
            answer.isJudged = true
            let gains = positions.map { judge.gain(of: $0, to: query) }
            answer.values = RankingMetric.allCases.compactMap { $0.value(of: gains, at: count, ideal) }
            return answer
        }
    }
}

/// The measures of one answer.
struct MeasuredAnswer: Sendable {
    let query: ProductID
    /// The positions of the products of the answer.
    let shown: [Int]
    /// Whether the query has relevance judgements.
    var isJudged = false
    /// One value for each ``RankingMetric``; none when nothing is relevant to the query.
    var values: [Double] = []
    var diversity: Double?
}
