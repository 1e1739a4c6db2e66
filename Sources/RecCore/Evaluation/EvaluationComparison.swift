/// Several ways to rank, measured on the same queries.
///
/// Its description is a table for a terminal.
public struct EvaluationComparison: Sendable {
    /// One system with what was measured.
    public struct Row: Sendable {
        /// The name of the system.
        public let name: String
        /// What was measured.
        public let report: EvaluationReport
        /// The mean of each metric with its interval; empty when there are no queries.
        public let estimates: [RankingMetric: Estimate]
        /// The mean of each metric of the last system minus this one's, query by query; empty for the last one itself.
        public let gains: [RankingMetric: Estimate]
    }

    /// The systems in the order in which they were given.
    public let rows: [Row]

    /// How the intervals were made.
    public let bootstrap: Bootstrap

    /// Compares reports on the same queries.
    init(names: [String], reports: [EvaluationReport], bootstrap: Bootstrap) throws(CancellationError) {
        let metrics = RankingMetric.allCases
        let last = reports[reports.count - 1]
        // All columns in one call, so that each drawn sample of queries serves all systems.
        let columns = reports.flatMap { report in metrics.map { report[$0] } }
        let differences = reports.dropLast().flatMap { report in
            metrics.map { metric in zip(last[metric], report[metric]).map { $0 - $1 } }
        }
        let estimates = try bootstrap.estimates(of: columns + differences)
        func part(_ number: Int) -> [RankingMetric: Estimate] {
            let start = number * metrics.count
            guard start + metrics.count <= estimates.count else { return [:] }
            return Dictionary(uniqueKeysWithValues: zip(metrics, estimates[start...]))
        }
        rows = reports.indices.map { number in
            Row(
                name: names[number],
                report: reports[number],
                estimates: part(number),
                gains: number < reports.count - 1 ? part(reports.count + number) : [:]
            )
        }
        self.bootstrap = bootstrap
    }
}
