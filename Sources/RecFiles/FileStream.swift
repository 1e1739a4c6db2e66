#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A regular file that is open for reading in pieces; it is closed when the last reference goes.
package final class FileStream: Sendable {
    /// The path the file was opened by.
    package let path: String

    /// The size of the file in bytes when it was opened.
    package let size: Int

    private let descriptor: Int32

    /// Opens a file.
    ///
    /// - Throws: ``FileError``; `EISDIR` or `EINVAL` when it is no regular file.
    package init(path: String) throws(FileError) {
        (descriptor, size) = try FileDescriptor.openRegularFile(path)
        self.path = path
    }

    deinit {
        _ = close(descriptor)
    }

    /// Reads bytes from an offset on: as many as `count`, fewer where the file ends, none after its end.
    ///
    /// - Throws: ``FileError``.
    package func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
        guard count > 0 else { return [] }
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let target = unsafe UnsafeMutableRawBufferPointer(
                rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]
            )
            unsafe (filled, failure) = FileDescriptor(descriptor).fill(target, from: offset)
        }
        guard failure == 0 else { throw FileError(path: path, operation: "read", errorNumber: failure) }
        return bytes
    }
}
