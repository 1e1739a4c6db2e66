internal import RecCore

/// Where a table comes from: a file, or bytes in memory with a name.
enum TableInput: Hashable {
    case file(String)
    case bytes([UInt8], name: String)

    /// The name of the table in errors and in the report.
    var name: String {
        switch self {
        case .file(let path): path
        case .bytes(_, let name): name
        }
    }

    /// The folder of the file, with a slash at the end; empty for bytes and for a file without a folder in its path.
    var folder: String {
        guard case .file(let path) = self else { return "" }
        return path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
    }

    /// Opens the table.
    ///
    /// - Parameters:
    ///   - limit: The size in bytes above which a file is refused.
    ///   - setting: The name of the limit, for the error.
    /// - Returns: The bytes, or the open file.
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile` or `fileTooLarge`.
    func open(limit: Int, setting: String) throws(RecError) -> TableSource {
        switch self {
        case .file(let path): try TableSource(path: path, limit: limit, setting: setting)
        case .bytes(let bytes, _): .bytes(bytes)
        }
    }
}
