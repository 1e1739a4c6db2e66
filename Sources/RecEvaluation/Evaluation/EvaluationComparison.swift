public import RecCore

/// The results of several systems on the same queries.
///
/// Its description is a table for a terminal.
public struct EvaluationComparison: Sendable {
    /// One system with its results.
    public struct Row: Sendable {
        /// The name of the system.
        public let name: String
        /// The report of its evaluation.
        package let report: EvaluationReport
        /// The mean of each metric with its interval; empty when there are no queries.
        public let estimates: [RankingMetric: Estimate]
        /// For each metric, the mean difference of the last system and this one over the queries; empty for the last
        /// system.
        public let gains: [RankingMetric: Estimate]
    }

    /// The systems in the order in which they were given.
    public let rows: [Row]

    /// The settings of the intervals.
    package let bootstrap: Bootstrap

    /// Compares reports, which may come from different indexes of the same products, for example with another network.
    ///
    /// - Parameters:
    ///   - reports: The reports with the names of their systems; the last is compared with each of the others.
    ///   - bootstrap: The settings of the confidence intervals.
    ///   - progress: Gets the number of finished resamples.
    /// - Throws: `RecError` with code `invalidQuery` when the reports differ in their queries or their number of
    ///   neighbours, `invalidSetting` when there is no report or a setting of the bootstrap is out of its range;
    ///   `CancellationError` soon after the task is cancelled.
    @concurrent
    public init(
        _ reports: [(name: String, report: EvaluationReport)],
        bootstrap: Bootstrap = Bootstrap(),
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws {
        try self.init(comparing: reports, bootstrap: bootstrap, progress: progress)
    }

    /// As ``init(_:bootstrap:progress:)``, on the thread of the caller.
    package init(
        comparing reports: [(name: String, report: EvaluationReport)],
        bootstrap: Bootstrap = Bootstrap(),
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) throws {
        guard !reports.isEmpty else {
            throw RecError(.invalidSetting, "There is no report to compare; give at least one.")
        }
        let metrics = RankingMetric.allCases
        let (lastName, last) = reports[reports.count - 1]
        for (name, report) in reports where report.queries != last.queries || report.count != last.count {
            throw RecError(
                .invalidQuery,
                "The reports '\(name)' and '\(lastName)' are not about the same queries and number of neighbours. Measure "
                    + "both with the same evaluation, on indexes of the same products."
            )
        }
        // One call for all columns, so that all systems share each drawn sample of queries.
        let columns = reports.flatMap { item in metrics.map { item.report[$0] } }
        let differences = reports.dropLast().flatMap { item in
            metrics.map { metric in zip(last[metric], item.report[metric]).map { $0 - $1 } }
        }
        let estimates = try bootstrap.estimates(of: columns + differences, progress: progress)
        func part(_ number: Int) -> [RankingMetric: Estimate] {
            let start = number * metrics.count
            guard start + metrics.count <= estimates.count else { return [:] }
            return Dictionary(uniqueKeysWithValues: zip(metrics, estimates[start...]))
        }
        rows = reports.indices.map { number in
            Row(
                name: reports[number].name,
                report: reports[number].report,
                estimates: part(number),
                gains: number < reports.count - 1 ? part(reports.count + number) : [:]
            )
        }
        self.bootstrap = bootstrap
    }
}
