internal import RecCore

/// Asks for the neighbours of products and measures each answer.
struct AnswerMeasurement: Sendable {
    let products: IndexedProducts
    let judge: any RelevanceJudge
    let count: Int
    let fusion: any Fusion
    let attributeWeights: [String: Double]

    /// The measures of the answers to some products, in the same order.
    func callAsFunction(_ queries: [ProductID]) throws -> [MeasuredAnswer] {
        let diversity = ListDiversity(
            space: products.index.space,
            fusion: fusion,
            attributeWeights: attributeWeights
        )
        let answers = try products.index.neighbors(
            of: queries,
            count: count,
            fusion: fusion,
            attributeWeights: attributeWeights
        )
        return try zip(queries, answers).map { id, neighbors in
            try Task.checkCancellation()
            let positions = neighbors.compactMap { products[$0.id] }
            var answer = MeasuredAnswer(query: id, shown: positions)
            let embeddings = try neighbors.compactMap { try products.index.embedding(of: $0.id) }
            answer.diversity = try diversity(embeddings)
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

/// What was measured of one answer.
struct MeasuredAnswer: Sendable {
    let query: ProductID
    /// The positions of the products of the answer.
    let shown: [Int]
    /// Whether there is a judgement for the query.
    var isJudged = false
    /// One value for each ``RankingMetric``; none when nothing is relevant to the query.
    var values: [Double] = []
    var diversity: Double?
}
