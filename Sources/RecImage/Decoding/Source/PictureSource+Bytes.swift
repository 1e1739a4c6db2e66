internal import RecCore
import RecFiles

extension PictureSource {
    /// The greatest size of a file, in bytes.
    private static let maximumFileSize = 1 << 30

    /// Calls `body` with the bytes of a file or of memory; errors get the name of the source.
    ///
    /// - Precondition: The picture is not decoded already, and not deferred.
    func withBytes<Value>(_ body: (Span<UInt8>) throws -> Value) throws -> Value {
        do {
            switch self {
            case .file(let path): return try Self.contents(of: path).withBytes { bytes in try body(bytes) }
            case .data(let bytes, _): return try body(bytes.span)
            case .deferred: preconditionFailure("the picture was not loaded")
            case .image: preconditionFailure("pixels have no bytes to decode")
            }
        } catch let error as RecError {
            throw error.at(name)
        }
    }

    /// The bytes of a file.
    private static func contents(of path: String) throws -> FileContents {
        do throws(FileError) {
            return try FileContents(ofFile: path, limit: maximumFileSize)
        } catch {
            throw RecError(
                error.isNotFound ? .fileNotFound : .unreadableFile,
                "the picture cannot be read: \(error.reason)"
            )
        }
    }
}
