/// The report of reading a catalogue: counts, and every repaired and skipped row with line and reason.
///
/// Every row is accounted for: ``rowCount`` is ``productCount`` plus the number of ``skipped`` rows.
public struct CatalogueReport: Sendable, Hashable, Codable {
    /// The source of the products: as a rule the path of the table.
    package var source: String

    /// The number of rows, without header and blank lines.
    public var rowCount = 0

    /// The number of products that were read.
    public var productCount = 0

    /// The number of blank lines, which do not count as rows.
    package var blankLineCount = 0

    /// The repairs.
    ///
    /// One row may need several repairs; its product is in the catalogue.
    public var repaired: CatalogueIssues

    /// The rows that were skipped, one issue each.
    public var skipped: CatalogueIssues

    /// The products without a picture, one issue each; they are still in the catalogue.
    public var missingPictures: CatalogueIssues

    /// The notices about the catalogue as a whole.
    package var notices: CatalogueIssues

    /// Creates an empty report.
    ///
    /// - Parameters:
    ///   - source: The source of the products.
    ///   - listLimit: The largest number of issues that each list keeps; counts are still exact.
    /// - Precondition: `listLimit` is not negative.
    package init(source: String, listLimit: Int = 100_000) {
        self.source = source
        repaired = CatalogueIssues(listLimit: listLimit)
        skipped = CatalogueIssues(listLimit: listLimit)
        missingPictures = CatalogueIssues(listLimit: listLimit)
        notices = CatalogueIssues(listLimit: listLimit)
    }

    /// The report as text of several lines, without a newline at the end.
    ///
    /// - Parameter issueCount: The number of issues of each sort to show one by one.
    /// - Returns: The text.
    package func summary(showing issueCount: Int = 10) -> String {
        var lines = ["\(source): \(rowCount) rows, \(productCount) products"]
        let sections: [(String, CatalogueIssues)] = [
            ("noticed", notices), ("repaired", repaired), ("skipped", skipped), ("without a picture", missingPictures),
        ]
        for (title, issues) in sections where !issues.isEmpty {
            lines.append("  \(title): \(issues.count) (\(issues.summary))")
            let shown = issues.listed.prefix(max(0, issueCount))
            lines += shown.map { "    \($0)" }
            if issues.count > shown.count { lines.append("    and \(issues.count - shown.count) more") }
        }
        return lines.joined(separator: "\n")
    }
}

extension CatalogueReport: CustomStringConvertible {
    /// The report as text of several lines, with ten issues of each sort.
    public var description: String { summary() }
}
