/// Reads the products of a catalogue from wherever they are kept.
///
/// ``KaggleCatalogue`` and ``CSVCatalogue`` are two; conform a type of your own to bring products from a database or
/// another file format. Products may have any attributes and any non-empty identifiers.
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
    /// A row that cannot be read must not stop the others: it goes into the report. Identifiers of the result differ.
    ///
    /// Reading may take long: an implementation should leave its caller's actor (`@concurrent`) and look for cancellation.
    ///
    /// - Throws: `RecError` or an error of the source when there is no catalogue to read at all; `CancellationError` when
    ///   the task was cancelled.
    func read() async throws -> Catalogue
}
