public import RecCore

/// The products of a catalogue in the order of their source, and what happened while they were read.
public struct Catalogue: Sendable, Hashable {
    /// The products in the order of the source; identifiers differ.
    public var products: [Product]

    /// What was read, repaired and skipped.
    public var report: CatalogueReport

    /// Creates a catalogue with a report.
    package init(products: [Product], report: CatalogueReport) {
        self.products = products
        self.report = report
    }

    /// Creates a catalogue that was read without an incident.
    ///
    /// - Parameters:
    ///   - products: The products; their identifiers must differ.
    ///   - source: Where they come from, for people: a path or the name of a database.
    public init(products: [Product], source: String) {
        self.products = products
        report = CatalogueReport(source: source)
        report.rowCount = products.count
        report.productCount = products.count
    }
}
