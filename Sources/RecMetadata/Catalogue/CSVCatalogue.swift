import RecCore
import RecFiles

/// Reads products from a CSV file with a header: one product a row, one attribute a column.
///
/// ```swift
/// let catalogue = try await CSVCatalogue(path: "products.csv").read()
/// print(catalogue.report)
/// ```
/// Every column becomes an attribute of that name, except the identifier and the title (see ``CSVFormat``). Blanks
/// around values are dropped without a word. Whatever else must be mended is mended and reported by line; rows that
/// cannot be used are reported and skipped; of rows with the same identifier the first counts.
///
/// A row with too many fields is joined back together when the last column is the free text, since an unquoted
/// delimiter in it is then the likely cause; elsewhere nobody can say which fields belong together.
public struct CSVCatalogue: CatalogueReader {
    private enum Source: Hashable {
        case file(String)
        case bytes([UInt8], name: String)
    }

    private let source: Source

    /// How the table is written.
    let format: CSVFormat

    /// Creates a reader of a file.
    public init(path: String, format: CSVFormat = CSVFormat()) {
        source = .file(path)
        self.format = format
    }

    /// Creates a reader of bytes that are in memory.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file.
    ///   - name: What to call it in errors and in the report.
    ///   - format: How the table is written.
    public init(bytes: [UInt8], name: String, format: CSVFormat = CSVFormat()) {
        source = .bytes(bytes, name: name)
        self.format = format
    }

    /// Reads all products, on no actor's time.
    ///
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `fileTooLarge`, `emptyFile`,
    ///   `gitLFSPointer`, `notCSV`, `missingColumn` when the header has no identifier, or `invalidSetting` when a limit of
    ///   the format is less than 1; `CancellationError` soon after the task was cancelled.
    /// - Complexity: O(size of the file)
    @concurrent
    public func read() async throws -> Catalogue {
        try readTable().catalogue
    }

    /// As the asynchronous function of this name, on the thread of the caller.
    package func read() throws -> Catalogue {
        try readTable().catalogue
    }

    /// Reads all products, and tells the line of each.
    func readTable() throws -> (catalogue: Catalogue, lines: [Int]) {
        try format.validate()
        let name: String
        let bytes: [UInt8]
        switch source {
        case .file(let path):
            name = path
            bytes = try contents(ofFile: path)
        case .bytes(let content, let given):
            name = given
            bytes = content
        }
        return try CSVTable.read(bytes, name: name, format: format)
    }

    private func contents(ofFile path: String) throws(RecError) -> [UInt8] {
        do throws(FileError) {
            return try FileSystem.contents(ofFile: path, limit: format.maximumFileSize)
        } catch  where error.isTooLarge {
            throw RecError(
                .fileTooLarge,
                path: path,
                "The file is larger than \(format.maximumFileSize) bytes. Raise CSVFormat.maximumFileSize if that is right."
            )
        } catch {
            throw RecError(error)
        }
    }
}
