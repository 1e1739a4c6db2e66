internal import RecCore

/// Compares the answers of two indexes for some of their products.
struct AnswerComparison {
    /// The number of products.
    let sample: Int

    private static let neighbors = 10
    private static let tolerance = 1e-6

    /// Compares counts and answers.
    ///
    /// - Returns: The number of queries.
    /// - Throws: `RecError` with code `differentAnswers`.
    func compare(
        _ index: some SimilarityIndex,
        with reference: some SimilarityIndex,
        _ progress: (@Sendable (WorkProgress) -> Void)?
    ) async throws -> Int {
        let (count, expected) = (try await index.productCount(), try await reference.productCount())
        guard count == expected else {
            throw RecError(
                .differentAnswers,
                "The target has \(count) products and the source \(expected). Publish again when nothing changes the target."
            )
        }
        let ids = try await reference.allIDs()
        guard !ids.isEmpty else { return 0 }
        let reporter = ProgressReporter("comparing answers", total: min(sample, ids.count), to: progress)
        let queries = min(sample, ids.count)
        for number in 0..<queries {
            try Task.checkCancellation()
            let id = ids[number * ids.count / queries]
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
        return queries
    }
}
