internal import RecCore

/// The intra-list diversity of one answer.
///
/// It is 1 - the mean similarity of all pairs (Smyth and McClave, 2001; Ziegler and others, 2005), with the similarity
/// that ranked the answer.
struct ListDiversity: Sendable {
    let space: EmbeddingSpace
    let weighting: Weighting

    /// The diversity of some products; `nil` when no two of them can be compared.
    ///
    /// - Complexity: O(*k*^2 · dimension) for *k* products
    func callAsFunction(_ embeddings: [Embedding]) throws -> Double? {
        let comparison = Comparison(space, weighting)
        let products = embeddings.map { comparison.comparable($0) }
        var sum = 0.0
        var count = 0
        for (position, first) in products.enumerated() {
            try Task.checkCancellation()
            for second in products[(position + 1)...] {
                guard let score = comparison.score(first, second) else { continue }
                sum += score
                count += 1
            }
        }
        return count > 0 ? 1 - sum / Double(count) : nil
    }
}
