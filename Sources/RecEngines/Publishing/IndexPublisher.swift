package import RecCore

/// Copies an index into another one, an engine as a rule.
///
/// Products that the target has already, by their digests, are left alone, and those that the source lacks are removed.
/// So a run after one that was stopped continues it, and a run without changes writes nothing. A target that was created
/// unfinished can be read by others only once a run has ended.
package struct IndexPublisher: Sendable {
    /// Products that are read and compared together.
    private let pageSize: Int

    /// Calls that change the target at the same time.
    private let writers: Int

    /// Queries whose answers are compared at the end.
    private let sample: Int

    /// Creates a publisher.
    package init(pageSize: Int = 250, writers: Int = 3, sample: Int = 12) {
        self.pageSize = pageSize
        self.writers = writers
        self.sample = sample
    }

    /// Copies an index.
    ///
    /// - Parameters:
    ///   - source: The index to copy, in its present state.
    ///   - target: The index to fill, of the same space.
    ///   - progress: Gets the progress page by page, of what the target does at the end, then query by query.
    /// - Returns: The number of products that were written, unchanged and removed.
    /// - Throws: `RecError` with code `recipeMismatch` when the spaces differ, and with code `differentAnswers` when
    ///   the target does not answer as the source does; the errors of both indexes; `CancellationError` soon after the
    ///   task is cancelled. What was written by then stays.
    /// - Complexity: O(*n*) reads of the source, and O(changes) writes
    package func publish(
        _ source: some SimilarityIndex,
        to target: some PublishTarget,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> PublishReport {
        let source = source.snapshot
        guard source.space == target.space else { throw RecError.otherSpace(source.space, target.space) }
        var (report, compared) = try await copy(source, to: target, progress)
        try await target.prepareSearches(progress: progress)
        let comparison = AnswerComparison(ids: compared)
        report.compared = try await comparison.compare(target.searchedExactly, with: source, progress)
        try await target.finishPublishing()
        return report
    }

    /// Copies the products, and chooses some of them to compare answers for.
    private func copy(
        _ source: some SimilarityIndex,
        to target: some PublishTarget,
        _ progress: (@Sendable (WorkProgress) -> Void)?
    ) async throws -> (report: PublishReport, compared: [ProductID]) {
        let count = try await source.productCount()
        let reporter = ProgressReporter("publishing", total: count, to: progress)
        return try await withThrowingTaskGroup(of: PageChanges.self) { group in
            var report = PublishReport()
            var compared = EvenSample(sample, of: count)
            var done = 0
            var running = 0
            var present = TargetPages(target, pageSize: pageSize)
            var last: ProductID?
            var isEnd = false
            while true {
                while !isEnd, running < writers {
                    let ids = try await source.ids(after: last, count: pageSize)
                    isEnd = ids.count < pageSize
                    last = ids.last ?? last
                    compared.add(ids)
                    let published = try await present.take(through: isEnd ? nil : last)
                    running += 1
                    group.addTask {
                        let products = try await source.products(ids, .all)
                        let changes = PageChanges(ids, products, published, in: source.space)
                        try await changes.apply(to: target)
                        return changes
                    }
                }
                guard running > 0, let changes = try await group.next() else { break }
                try Task.checkCancellation()
                running -= 1
                report.written += changes.written.count
                report.unchanged += changes.unchanged
                report.removed += changes.removed.count
                done += changes.written.count + changes.unchanged
                reporter.report(done: done)
            }
            return (report, compared.ids)
        }
    }
}

extension RecError {
    fileprivate static func otherSpace(_ source: EmbeddingSpace, _ target: EmbeddingSpace) -> RecError {
        let pairs = zip(source.blocks, target.blocks).flatMap { $0.differences(from: $1) }
        let names = [source, target].map { $0.blocks.map(\.name.rawValue).joined(separator: ", ") }
        let reasons = pairs.isEmpty ? "its blocks are \(names[1]), not \(names[0])" : pairs.joined(separator: "; ")
        return RecError(
            .recipeMismatch,
            "The target was made for embeddings of another recipe (\(reasons)). Replace it, or publish to another one."
        )
    }
}
