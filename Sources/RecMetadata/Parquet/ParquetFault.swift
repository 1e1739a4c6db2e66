internal import RecCore

/// Why a Parquet file cannot be read.
enum ParquetFault: Error {
    /// The file breaks a rule of the format.
    case damaged(String)
    /// The file uses a part of the format that this reader lacks; the text says what to do.
    case unsupported(String)

    /// The error for a file.
    func error(path: String) -> RecError {
        switch self {
        case .damaged(let reason):
            RecError(.corruptTable, path: path, "The Parquet file is damaged: \(reason). Write it anew.")
        case .unsupported(let reason):
            RecError(.unsupportedTable, path: path, reason)
        }
    }
}
