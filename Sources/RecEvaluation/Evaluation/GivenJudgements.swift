internal import RecCore

/// Relevance from a table of judgements.
struct GivenJudgements: RelevanceJudge {
    /// For each query the gains of its relevant products, by positions.
    private let gains: [Int: [Int: Double]]

    /// Looks up the products of a table.
    ///
    /// - Throws: `RecError` with code `invalidQuery` when a gain is negative or not finite.
    init(_ table: [ProductID: [ProductID: Double]], of products: IndexedProducts) throws {
        var gains: [Int: [Int: Double]] = [:]
        for (query, judged) in table {
            for (product, gain) in judged where !(gain.isFinite && gain >= 0) {
                throw RecError(
                    .invalidQuery,
                    "The gain of '\(product)' for '\(query)' is \(gain); it must be 0 or greater."
                )
            }
            guard let position = products[query] else { continue }
            // Only the ratios of a query's gains matter, and a sum of huge ones would overflow.
            let greatest = judged.values.max() ?? 1
            let scale = greatest > 1e100 ? greatest : 1
            gains[position] = Dictionary(
                uniqueKeysWithValues: judged.compactMap { product, gain in
                    gain > 0 && product != query ? products[product].map { ($0, gain / scale) } : nil
                }
            )
        }
        self.gains = gains
    }

    func idealAnswer(to query: Int, count: Int) -> IdealAnswer? {
        gains[query].map { judged in
            IdealAnswer(relevantCount: judged.count, gains: Array(judged.values.sorted(by: >).prefix(count)))
        }
    }

    func gain(of product: Int, to query: Int) -> Double {
        gains[query]?[product] ?? 0
    }
}
