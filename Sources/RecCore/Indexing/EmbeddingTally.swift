/// Counts outcomes and computes progress.
struct EmbeddingTally {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private let total: Int?
    private var report = IndexingReport()

    init(total: Int?) {
        start = clock.now
        self.total = total
    }

    /// Counts one outcome and gives the product with its embedding, if it has one.
    mutating func count(_ outcome: EmbeddingOutcome) -> EmbeddedProduct? {
        report.total += 1
        report.failures += outcome.failures
        if outcome.isCached { report.cached += 1 }
        if let error = outcome.storingError {
            report.unstored += 1
            report.firstStoringError = report.firstStoringError ?? error
        }
        guard !outcome.embedding.blocks.isEmpty else {
            report.leftOut.append(outcome.product.id)
            return nil
        }
        report.embedded += 1
        return EmbeddedProduct(product: outcome.product, embedding: outcome.embedding)
    }

    /// The progress of the job.
    var progress: WorkProgress {
        WorkProgress(
            phase: "embedding",
            done: report.total,
            total: total,
            failures: report.failures.count,
            cached: report.cached,
            elapsed: clock.now - start
        )
    }

    /// The report, with the time up to now.
    var finished: IndexingReport {
        var report = report
        report.elapsed = clock.now - start
        return report
    }
}
