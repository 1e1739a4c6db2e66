/// Measures the share of the exact answers that searches with less effort find, with products of the index as queries.
///
/// A product of an answer counts as found when its score reaches that of the last one of the exact answer, so that
/// products of equal score are interchangeable. The products are evenly spaced, so that the same index gives the same
/// figure.
package struct RecallMeasurement: Sendable {
    private let count: Int
    private let sample: Int
    private let weighting: Weighting
    private let batch: Int

    /// Queries with their exact answers.
    private struct Reference {
        let query: SearchQuery
        let found: Int
        let leastScore: Double
    }

    /// Creates a measurement.
    ///
    /// - Parameters:
    ///   - count: The number of neighbours.
    ///   - sample: The number of queries; all products when there are no more.
    ///   - weighting: How embeddings are compared.
    ///   - batch: The queries of an exact search; more where they share the reading of all products.
    package init(count: Int, sample: Int, weighting: Weighting, batch: Int = 1) {
        self.count = count
        self.sample = sample
        self.weighting = weighting
        self.batch = batch
    }

    /// The mean recall of an index, from 0 to 1; 1 for an index without products.
    ///
    /// - Parameters:
    ///   - index: The index to measure.
    ///   - exact: An index of the same products that gives exact answers.
    /// - Returns: The recall.
    /// - Throws: `RecError` with code `invalidSetting` for a sample of no products; the errors of both indexes;
    ///   `CancellationError` soon after the task is cancelled.
    package func recall(of index: some SimilarityIndex, exact: some SimilarityIndex) async throws -> Double {
        try await recall(of: index, references(exact)) { _ in }
    }

    /// The first effort of a ladder that reaches a recall, and that recall; `nil` when none does.
    ///
    /// - Parameters:
    ///   - recall: The share of the exact answers that must be found, from 0 to 1.
    ///   - ladder: Efforts from the lowest to the highest, each with the index that makes it.
    ///   - exact: An index of the same products that gives exact answers.
    ///   - progress: Gets the number of finished queries.
    /// - Returns: The effort and its recall.
    /// - Throws: `RecError` with code `invalidSetting` for a recall or a sample out of range, and as
    ///   ``recall(of:exact:)`` does.
    package func least<Effort>(
        reaching recall: Double,
        of ladder: [(effort: Effort, index: some SimilarityIndex)],
        exact: some SimilarityIndex,
        progress: (@Sendable (WorkProgress) -> Void)?
    ) async throws -> (effort: Effort, recall: Double)? {
        guard (0...1).contains(recall) else {
            throw RecError(.invalidSetting, "The recall is \(recall); it must be from 0 to 1.")
        }
        let references = try await references(exact)
        let reporter = ProgressReporter("recall", total: ladder.count * references.count, to: progress)
        for (rung, step) in ladder.enumerated() {
            let measured = try await self.recall(of: step.index, references) { done in
                reporter.report(done: rung * references.count + done)
            }
            guard measured >= recall else { continue }
            reporter.report(done: ladder.count * references.count)
            return (step.effort, measured)
        }
        return nil
    }

    private func recall(
        of index: some SimilarityIndex,
        _ references: [Reference?],
        _ report: (Int) -> Void
    ) async throws -> Double {
        var sum = 0.0
        var queries = 0
        for (number, reference) in references.enumerated() {
            try Task.checkCancellation()
            defer { report(number + 1) }
            guard let reference else { continue }
            let answer = try await index.search([reference.query])[0]
            sum += Double(answer.count { $0.score >= reference.leastScore }) / Double(reference.found)
            queries += 1
        }
        return queries == 0 ? 1 : sum / Double(queries)
    }

    /// One for each product of the sample; `nil` for one without an embedding or neighbours.
    private func references(_ exact: some SimilarityIndex) async throws -> [Reference?] {
        guard sample > 0 else {
            throw RecError(.invalidSetting, "A sample of \(sample) products tells nothing; it must be one at least.")
        }
        let all = try await exact.allIDs()
        let sample = min(sample, all.count)
        let chosen = (0..<sample).map { all[$0 * all.count / sample] }
        var references: [Reference?] = []
        for start in stride(from: 0, to: sample, by: batch) {
            try Task.checkCancellation()
            references += try await self.references(Array(chosen[start..<min(start + batch, sample)]), exact)
        }
        return references
    }

    private func references(_ ids: [ProductID], _ exact: some SimilarityIndex) async throws -> [Reference?] {
        let products = try await exact.products(ids, ProductContents(blocks: .all))
        let queries = zip(ids, products).map { id, found -> SearchQuery? in
            guard let embedding = found?.embedding, !embedding.blocks.isEmpty else { return nil }
            return SearchQuery(embedding, count: count, weighting: weighting, excluded: [id])
        }
        var answers = try await exact.search(queries.compactMap(\.self))[...]
        return queries.map { query in
            guard let query, let answer = answers.popFirst() else { return nil }
            return answer.last.map { Reference(query: query, found: answer.count, leastScore: $0.score) }
        }
    }
}
