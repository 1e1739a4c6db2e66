internal import RecCore
internal import RecFiles

/// The bytes of a table: a file that is open, or bytes in memory.
enum TableSource {
    case file(FileStream)
    case bytes([UInt8])

    /// Opens a file.
    ///
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile` or `fileTooLarge`.
    init(path: String, limit: Int, setting: String) throws(RecError) {
        let stream: FileStream
        do throws(FileError) { stream = try FileStream(path: path) } catch { throw RecError(error) }
        guard stream.size <= limit else {
            throw RecError(
                .fileTooLarge,
                path: path,
                "The file is larger than \(limit) bytes. Raise \(setting) if that is right."
            )
        }
        self = .file(stream)
    }

    /// The number of bytes.
    var count: Int {
        switch self {
        case .file(let stream): stream.size
        case .bytes(let bytes): bytes.count
        }
    }

    /// Bytes from an offset on, fewer than `length` at the end.
    func piece(at offset: Int, length: Int) throws(RecError) -> [UInt8] {
        let length = min(length, count - offset)
        guard length > 0 else { return [] }
        switch self {
        case .bytes(let bytes): return Array(bytes[offset..<offset + length])
        case .file(let stream):
            do throws(FileError) {
                return try stream.bytes(at: offset, count: length)
            } catch {
                throw RecError(error)
            }
        }
    }
}
