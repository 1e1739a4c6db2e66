internal import RecCore

/// Compares the answers of two indexes for some of their products.
struct AnswerComparison {
    /// The products whose neighbours are compared.
    let ids: [ProductID]

    /// The queries of one search.
    let batch: Int

    private static let neighbors = 10
    private static let tolerance = 1e-6

    /// Compares counts and answers.
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
                let isEqual =
                    given.map(\.id) == wanted.map(\.id)
                    && zip(given, wanted).allSatisfy { abs($0.score - $1.score) <= Self.tolerance }
                guard isEqual else {
                    throw RecError(
                        .differentAnswers,
                        "The target gives other neighbours for product '\(query.excluded.first ?? "")'."
                    )
                }
            }
            reporter.report(done: start + part.count)
        }
    }
}
