internal import RecCore

/// Compares the answers of two indexes for some of their products.
struct AnswerComparison {
    /// The products whose neighbours are compared.
    let ids: [ProductID]

    /// The queries of one search.
    let batch: Int

    private static let neighbors = 10

    /// What separates scores of single precision that were summed in different orders, by a wide margin.
    private static let tolerance = 1e-6

    /// Compares counts and answers.
    ///
    /// Products whose scores are within rounding of each other may come in either order.
    ///
    /// - Throws: `RecError` with code `differentAnswers`.
    func compare(
        _ index: some SimilarityIndex,
        with reference: some SimilarityIndex,
        _ progress: (@Sendable (WorkProgress) -> Void)?
    ) async throws {
        let (count, expected) = (try await index.productCount(), try await reference.productCount())
        guard count == expected else {
            throw RecError(
                .differentAnswers,
                "The target has \(count) products and the source \(expected). Publish again when nothing changes the "
                    + "target."
            )
        }
        guard !ids.isEmpty else { return }
        let reporter = ProgressReporter("comparing answers", total: ids.count, to: progress)
        for start in stride(from: 0, to: ids.count, by: batch) {
            try Task.checkCancellation()
            let part = Array(ids[start..<min(start + batch, ids.count)])
            let queries = try await zip(part, reference.embeddings(of: part)).filter { !$1.blocks.isEmpty }.map {
                SearchQuery($1, count: Self.neighbors, excluded: [$0])
            }
            let (given, wanted) = (try await index.search(queries), try await reference.search(queries))
            for (query, (given, wanted)) in zip(queries, zip(given, wanted)) {
                guard Self.areEqual(given, wanted) else {
                    throw RecError(
                        .differentAnswers,
                        "The target gives other neighbours for product '\(query.excluded.first ?? "")'."
                    )
                }
            }
            reporter.report(done: start + part.count)
        }
    }

    /// Whether two answers are the same but for rounding.
    private static func areEqual(_ given: [Neighbor], _ wanted: [Neighbor]) -> Bool {
        let isRanked = zip(given, wanted).allSatisfy { abs($0.score - $1.score) <= tolerance }
        guard given.count == wanted.count, isRanked, let last = wanted.last else {
            return given.isEmpty && wanted.isEmpty
        }
        let scores = Dictionary(given.map { ($0.id, $0.score) }) { first, _ in first }
        guard scores.count == given.count else { return false }
        return wanted.allSatisfy { neighbor in
            // Another product may have taken the place of one of the last.
            guard let score = scores[neighbor.id] else { return neighbor.score <= last.score + tolerance }
            return abs(score - neighbor.score) <= tolerance
        }
    }
}
