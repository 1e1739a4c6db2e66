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
/// Of a name that an object has twice the first counts, which is reported. Lines that are no object are reported and
/// skipped; of objects with the same identifier the first counts. Blank lines, line ends of any kind, a byte order mark,
/// and UTF-16 and UTF-32 are read as in ``CSVCatalogue``.
public struct JSONLinesCatalogue: CatalogueReader {
    private enum Source: Hashable {
        case file(String)
        case bytes([UInt8], name: String)
    }

    private let source: Source
    private let format: JSONLinesFormat

    /// Creates a reader of a file.
    public init(path: String, format: JSONLinesFormat = JSONLinesFormat()) {
        source = .file(path)
        self.format = format
    }

    /// Creates a reader of bytes that are in memory.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file.
    ///   - name: The name of the table in errors and in the report.
    ///   - format: The format of the table.
    public init(bytes: [UInt8], name: String, format: JSONLinesFormat = JSONLinesFormat()) {
        source = .bytes(bytes, name: name)
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
        switch source {
        case .file(let path):
            let setting = "JSONLinesFormat.maximumFileSize"
            let file = try TableSource(path: path, limit: format.maximumFileSize, setting: setting)
            let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
            return try JSONLinesTable.read(file, name: path, folder: format.pictureFolder ?? folder, format: format)
        case .bytes(let bytes, let name):
            let folder = format.pictureFolder ?? ""
            return try JSONLinesTable.read(.bytes(bytes), name: name, folder: folder, format: format)
        }
    }
}
