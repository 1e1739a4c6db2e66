internal import RecCore
internal import RecMath

extension EvaluationComparison: CustomStringConvertible {
    /// A table with a column for each system: the metrics with their intervals, the gains, and the exposure of the
    /// catalogue.
    public var description: String {
        let k = rows.first?.report.count ?? 0
        var lines: [[String]] = [[""] + rows.map(\.name)]
        for metric in RankingMetric.allCases {
            lines.append([metric.name(at: k)] + rows.map { $0.estimates[metric]?.description ?? "–" })
        }
        lines.append(["diversity@\(k)"] + rows.map { Self.text($0.report.diversity) })
        lines.append(["coverage@\(k)"] + rows.map { Self.text($0.report.exposure.coverage) })
        lines.append(["gini@\(k)"] + rows.map { Self.text($0.report.exposure.gini) })
        lines.append(["hubness@\(k)"] + rows.map { Self.text($0.report.exposure.skewness) })
        lines.append(["anti-hubs@\(k)"] + rows.map { Self.text($0.report.exposure.antiHubShare) })
        lines.append(["greatest hub"] + rows.map { Self.text($0.report.exposure.hubs().first) })
        if let last = rows.last, rows.count > 1 {
            lines.append([])
            lines.append(["gain of \(last.name) over"] + rows.dropLast().map(\.name))
            for metric in RankingMetric.allCases {
                lines.append([metric.name(at: k)] + rows.dropLast().map { Self.text($0.gains[metric]) })
            }
        }
        return Self.aligned(lines).joined(separator: "\n")
    }

    private static func text(_ value: Double?) -> String { value?.decimals(3) ?? "–" }

    private static func text(_ hub: (product: ProductID, count: Int)?) -> String {
        hub.map { "\($0.count) x \($0.product)" } ?? "–"
    }

    private static func text(_ gain: Estimate?) -> String {
        guard let gain else { return "–" }
        let ends = [gain.lower, gain.upper].map { $0.decimals(3, sign: true) }.joined(separator: ", ")
        return "\(gain.mean.decimals(3, sign: true)) [\(ends)]"
    }

    /// Cells as lines of columns of equal width.
    private static func aligned(_ lines: [[String]]) -> [String] {
        let columns = lines.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in lines.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
        return lines.map { line in
            let cells = line.enumerated().map { column, cell in
                column == line.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count + 2)
            }
            return cells.joined()
        }
    }
}
