import RecCore

/// Reads products from a CSV file with a header: one product per row, one attribute per column.
///
/// ```swift
/// let catalogue = try await CSVCatalogue(path: "products.csv").read()
/// print(catalogue.report)
/// ```
/// Every column becomes an attribute of that name, except the identifier and the title (see ``CSVFormat``). Blanks
/// around values are dropped without a report. All other repairs are reported by line; unusable rows are reported and
/// skipped; of rows with the same identifier the first counts.
///
/// If a row has too many fields and the last column is the free text, its extra fields are joined, since an unquoted
/// delimiter in the text is the likely cause. The row is skipped when another column must have had the delimiter: a
/// column of numbers would hold something else, or the values fit their columns only if that column was cut. It is also
/// skipped when the last column is not the text, because the cause is ambiguous.
public struct CSVCatalogue: CatalogueReader {
    private let input: TableInput

    /// The format of the table.
    let format: CSVFormat

    /// Creates a reader of a file.
    public init(path: String, format: CSVFormat = CSVFormat()) {
        input = .file(path)
        self.format = format
    }

    /// Creates a reader of bytes that are in memory.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file.
    ///   - name: The name of the table in errors and in the report.
    ///   - format: The format of the table.
    public init(bytes: [UInt8], name: String, format: CSVFormat = CSVFormat()) {
        input = .bytes(bytes, name: name)
        self.format = format
    }

    /// Reads all products, off the caller's actor.
    ///
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `fileTooLarge`, `emptyFile`, `gitLFSPointer`,
    ///   `notCSV`, `missingColumn` when the header has no identifier, or `invalidSetting` when a limit of the format is
    ///   less than 1; `CancellationError` soon after the task is cancelled.
    /// - Complexity: O(size of the file)
    @concurrent
    public func read() async throws -> Catalogue {
        try readTable().catalogue
    }

    /// Does the same as the asynchronous function, on the thread of the caller.
    package func read() throws -> Catalogue {
        try readTable().catalogue
    }

    /// Reads all products with their lines.
    func readTable() throws -> (catalogue: Catalogue, lines: [Int32]) {
        try format.validate()
        let source = try input.open(limit: format.maximumFileSize, setting: "CSVFormat.maximumFileSize")
        return try CSVTable.read(source, name: input.name, format: format)
    }
}
