public import RecCore

/// The products of a catalogue in the order of their source, with a report of reading them.
public struct Catalogue: Sendable, Hashable {
    /// The products in the order of the source; their identifiers are unique.
    public var products: [Product]

    /// The report of rows read, repaired and skipped.
    public var report: CatalogueReport

    /// Creates a catalogue with a report.
    package init(products: [Product], report: CatalogueReport) {
        self.products = products
        self.report = report
    }

    /// Creates a catalogue that was read without issues.
    ///
    /// - Parameters:
    ///   - products: The products; their identifiers must be unique.
    ///   - source: A readable name of their source: a path or the name of a database.
    public init(products: [Product], source: String) {
        self.products = products
        report = CatalogueReport(source: source)
        report.rowCount = products.count
        report.productCount = products.count
    }
}
