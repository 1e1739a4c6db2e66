internal import RecCore
internal import RecMetadata

/// Turns rows of JSON into products, and keeps the report.
struct CatalogueRows {
    private let format: JSONLinesFormat
    private var known: Set<ProductID> = []
    private(set) var report: CatalogueReport

    init(format: JSONLinesFormat) {
        self.format = format
        report = CatalogueReport(source: "the database")
    }

    /// The products of some rows, without those of identifiers that came before.
    ///
    /// - Parameter page: Rows of an identifier and JSON.
    /// - Returns: The products in the order of the rows.
    /// - Throws: `RecError` for rows of another form; `CancellationError`.
    mutating func products(of page: [PostgresRow]) throws -> [Product] {
        var text = ""
        for row in page { text += (try row.text(1) ?? "{}") + "\n" }
        let first = report.rowCount
        let catalogue: Catalogue
        do {
            catalogue = try JSONLinesCatalogue(bytes: Array(text.utf8), name: report.source, format: format).read()
        } catch let error as RecError where error.code == .notJSONLines {
            // No row of this batch can be used, as when all are too long.
            report.rowCount += page.count
            for offset in page.indices {
                report.skipped.append(CatalogueIssue(.oversizedRow, line: first + offset + 1, error.message))
            }
            return []
        }
        report.rowCount += catalogue.report.rowCount
        func moved(_ issue: CatalogueIssue) -> CatalogueIssue {
            CatalogueIssue(issue.kind, line: issue.line.map { $0 + first }, product: issue.product, issue.message)
        }
        for issue in catalogue.report.repaired.listed { report.repaired.append(moved(issue)) }
        for issue in catalogue.report.skipped.listed { report.skipped.append(moved(issue)) }
        for issue in catalogue.report.missingPictures.listed { report.missingPictures.append(moved(issue)) }
        let products = catalogue.products.filter { product in
            guard known.insert(product.id).inserted else {
                report.skipped.append(
                    CatalogueIssue(.duplicateID, product: product.id, "an earlier row has the same identifier")
                )
                return false
            }
            return true
        }
        report.productCount += products.count
        return products
    }
}
