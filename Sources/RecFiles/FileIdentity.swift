#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The identity of a file's present state, without reading the file: its size and modification time.
package struct FileIdentity: Sendable, Hashable {
    /// The path that was asked about.
    package let path: String
    /// The size in bytes.
    package let size: Int
    /// When the content last changed, in nanoseconds since 1970.
    package let modified: Int

    /// Reads the identity of a file.
    ///
    /// - Throws: ``FileError`` when there is none or it cannot be asked about.
    package init(path: String) throws(FileError) {
        var status = stat()
        var failure = unsafe stat(path, &status)
        if failure != 0, errno == ENOENT, let bytes = PathText.systemPath(path) {
            failure = unsafe stat(bytes, &status)
        }
        guard failure == 0 else {
            throw FileError(path: path, operation: "read", errorNumber: errno)
        }
        #if canImport(Darwin)
        let time = status.st_mtimespec
        #else
        let time = status.st_mtim
        #endif
        self.path = path
        size = Int(status.st_size)
        modified = Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
    }
}
