internal import RecCore

/// Compares the answers of two indexes for some of their products.
struct AnswerComparison {
    /// The products whose neighbours are compared.
    let ids: [ProductID]

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
        for (number, id) in ids.enumerated() {
            try Task.checkCancellation()
            let embedding = try await reference.embeddings(of: [id])[0]
            if !embedding.blocks.isEmpty {
                let query = SearchQuery(embedding, count: Self.neighbors, excluded: [id])
                let (given, wanted) = (try await index.search([query])[0], try await reference.search([query])[0])
                let isEqual =
                    given.map(\.id) == wanted.map(\.id)
                    && zip(given, wanted).allSatisfy { abs($0.score - $1.score) <= Self.tolerance }
                guard isEqual else {
                    throw RecError(.differentAnswers, "The target gives other neighbours for product '\(id)'.")
                }
            }
            reporter.report(done: number + 1)
        }
    }
}
