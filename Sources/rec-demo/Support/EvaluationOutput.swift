import RecCore
package import RecEvaluation
import RecMath

/// What `rec-demo evaluate` prints: a table, or one JSON object whose fields are those of the last system.
package struct EvaluationOutput {
    let comparison: EvaluationComparison
    let relevantBy: String
    let duplicates: NearDuplicates?

    private static let shownGroups = 20

    package init(comparison: EvaluationComparison, relevantBy: String, duplicates: NearDuplicates?) {
        self.comparison = comparison
        self.relevantBy = relevantBy
        self.duplicates = duplicates
    }

    /// A warning about numbers that say nothing.
    package var warning: String? {
        guard comparison.rows.last?.report.valueCount == 1 else { return nil }
        return
            "warning: all products have the same value for \(relevantBy), so each is relevant to each, and relevance "
            + "comes out as 1 whatever the answers are. Judge by an attribute with several values."
    }

    /// The table with what its numbers are about.
    package var text: String {
        guard let report = comparison.rows.last?.report else { return "" }
        var lines = [
            "\(report.queries.count) queries by \(relevantBy), \(report.count) neighbours each; "
                + "\(report.withoutJudgement) products without a value and \(report.withoutRelevant) with nothing relevant "
                + "to them are left out. Intervals hold \((comparison.bootstrap.confidence * 100).decimals(0)) %.",
            "",
            comparison.description,
        ]
        if let duplicates {
            let count = duplicates.groups.reduce(0) { $0 + $1.count }
            lines += [
                "",
                "\(duplicates.pairCount) pairs of pictures with a cosine of \(duplicates.threshold) or more link "
                    + "\(count) products in \(duplicates.groups.count) groups",
            ]
            if duplicates.crowdedCount > 0 {
                lines.append("  \(duplicates.crowdedCount) products have more of them than were looked at")
            }
            lines += duplicates.groups.prefix(Self.shownGroups).map { group in
                let more = group.count > 10 ? " and \(group.count - 10) more" : ""
                return "  " + group.prefix(10).map(\.rawValue).joined(separator: " ") + more
            }
            if duplicates.groups.count > Self.shownGroups {
                lines.append("  and \(duplicates.groups.count - Self.shownGroups) more groups")
            }
        }
        return lines.joined(separator: "\n").shownSafely
    }

    /// The object of the contract, with more fields after those.
    package var json: JSONValue {
        guard let last = comparison.rows.last else { return .null }
        var fields = last.json
        fields += [
            ("relevantBy", .string(relevantBy)),
            ("asked", .integer(last.report.askedCount)),
            ("withoutValue", .integer(last.report.withoutJudgement)),
            ("withoutRelevant", .integer(last.report.withoutRelevant)),
        ]
        let others = comparison.rows.dropLast()
        if !others.isEmpty {
            fields.append(("systems", .object(others.map { ($0.name, .object($0.json)) })))
            fields.append(("gains", .object(others.map { ($0.name, $0.gains.json(at: $0.report.count)) })))
        }
        if let duplicates { fields.append(("nearDuplicates", duplicates.json)) }
        return .object(fields)
    }
}

extension EvaluationComparison.Row {
    /// The fields of one system.
    fileprivate var json: [(String, JSONValue)] {
        let k = report.count
        let exposure = report.exposure
        let hub = exposure.hubs().first.map { hub in
            JSONValue.object([("id", .string(hub.product.rawValue)), ("count", .integer(hub.count))])
        }
        var fields: [(String, JSONValue)] = [("queries", .integer(report.queries.count))]
        fields += RankingMetric.allCases.map { ($0.name(at: k), .optional(report.mean($0))) }
        fields += [
            ("diversity@\(k)", .optional(report.diversity)),
            ("coverage@\(k)", .number(exposure.coverage)),
            ("gini@\(k)", .optional(exposure.gini)),
            ("hubness@\(k)", .optional(exposure.skewness)),
            ("antiHubs@\(k)", .number(exposure.antiHubShare)),
            ("greatestHub@\(k)", hub ?? .null),
            ("intervals", estimates.json(at: k)),
        ]
        return fields
    }
}

extension [RankingMetric: Estimate] {
    /// The estimates by the names of their metrics.
    fileprivate func json(at k: Int) -> JSONValue {
        .object(
            RankingMetric.allCases.map { metric in
                let estimate = self[metric].map { estimate in
                    JSONValue.object([
                        ("mean", .number(estimate.mean)), ("lower", .number(estimate.lower)),
                        ("upper", .number(estimate.upper)),
                    ])
                }
                return (metric.name(at: k), estimate ?? .null)
            }
        )
    }
}

extension NearDuplicates {
    fileprivate var json: JSONValue {
        .object([
            ("threshold", .number(threshold)),
            ("count", .integer(pairCount)),
            ("crowded", .integer(crowdedCount)),
            (
                "pairs",
                .array(
                    pairs.map { pair in
                        .object([
                            ("first", .string(pair.first.rawValue)), ("second", .string(pair.second.rawValue)),
                            ("cosine", .number(pair.cosine)),
                        ])
                    }
                )
            ),
            ("groups", .array(groups.map { .array($0.map { .string($0.rawValue) }) })),
        ])
    }
}
