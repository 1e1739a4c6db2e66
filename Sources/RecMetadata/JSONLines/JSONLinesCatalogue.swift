import RecCore

/// Reads products from a file in JSON Lines: one product an object, one object a line.
///
/// ```swift
/// let catalogue = try await JSONLinesCatalogue(path: "products.jsonl").read()
/// ```
/// ```json
/// {"id": 15970, "gender": "Men", "fabric": ["Cotton", "Linen"], "price": 19.90, "picture": "images/15970.jpg"}
/// ```
/// Every field becomes an attribute of that name, except identifier, title and picture (see ``JSONLinesFormat``):
/// - a string is one value, without blanks around it;
/// - a number is one value, spelled as in the file, so that `NumberEncoder` and filters read the same number; only a
///   decimal part of zeros is dropped, as pandas writes it for whole numbers;
/// - `true` and `false` are the values of these names, and `null` is missing;
/// - an array is several values, its strings, numbers and truth values;
/// - an object within the object, or an array within an array, is not used and reported.
///
/// Of a name that an object has twice the first counts, which is reported; names that differ only in their Unicode form
/// are the same name, as those of attributes are everywhere. Lines that are no object are reported and skipped; of
/// objects with the same identifier the first counts. A table may have 16,384 different fields. Blank lines, line ends of
/// any kind, a byte order mark, and UTF-16 and UTF-32 are read as in ``CSVCatalogue``.
public struct JSONLinesCatalogue: CatalogueReader {
    private let input: TableInput
    private let format: JSONLinesFormat

    /// Creates a reader of a file.
    public init(path: String, format: JSONLinesFormat = JSONLinesFormat()) {
        input = .file(path)
        self.format = format
    }

    /// Creates a reader of bytes that are in memory.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file.
    ///   - name: The name of the table in errors and in the report.
    ///   - format: The format of the table.
    public init(bytes: [UInt8], name: String, format: JSONLinesFormat = JSONLinesFormat()) {
        input = .bytes(bytes, name: name)
        self.format = format
    }

    /// Reads all products, off the caller's actor.
    ///
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `fileTooLarge`, `emptyFile`, `gitLFSPointer`,
    ///   `notJSONLines`, or `invalidSetting` when a limit of the format is less than 1; `CancellationError` soon after
    ///   the task is cancelled.
    /// - Complexity: O(size of the file)
    @concurrent
    public func read() async throws -> Catalogue {
        try readTable()
    }

    /// Does the same as the asynchronous function, on the thread of the caller.
    package func read() throws -> Catalogue {
        try readTable()
    }

    private func readTable() throws -> Catalogue {
        try format.validate()
        let source = try input.open(limit: format.maximumFileSize, setting: "JSONLinesFormat.maximumFileSize")
        let folder = format.pictureFolder ?? input.folder
        return try JSONLinesTable.read(source, name: input.name, folder: folder, format: format)
    }
}
