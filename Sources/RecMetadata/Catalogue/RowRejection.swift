internal import RecCore

/// The reason why a row is skipped.
struct RowRejection: Error {
    let issue: CatalogueIssue

    init(issue: CatalogueIssue) {
        self.issue = issue
    }

    init(_ kind: CatalogueIssue.Kind, line: Int, product: ProductID? = nil, _ message: String) {
        issue = CatalogueIssue(kind, line: line, product: product, message)
    }
}
