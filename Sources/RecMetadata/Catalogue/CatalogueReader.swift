/// Reads the products of a catalogue from any source.
///
/// ``KaggleCatalogue`` and ``CSVCatalogue`` are two implementations; conform your own type to read products from a
/// database or another file format. Products may have any attributes and any non-empty identifiers.
///
/// ```swift
/// struct Warehouse: CatalogueReader {
///     func read() async throws -> Catalogue {
///         Catalogue(products: [Product(id: "sku-1", attributes: ["colour": "Blue"])], source: "warehouse")
///     }
/// }
/// ```
public protocol CatalogueReader: Sendable {
    /// Reads all products.
    ///
    /// A row that cannot be read must not stop the others; add it to the report. Identifiers of the result are unique.
    ///
    /// Reading may take long: an implementation should leave its caller's actor (`@concurrent`) and check for
    /// cancellation.
    ///
    /// - Throws: `RecError` or an error of the source when there is no catalogue to read at all; `CancellationError`
    ///   when the task is cancelled.
    func read() async throws -> Catalogue
}
