#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A failed call to the operating system: the file, the operation and the reason.
package struct FileError: Error, Sendable, Hashable {
    /// The file.
    package let path: String
    /// The operation, as a verb: "open", "read", "write".
    package let operation: String
    /// The value of `errno`.
    package let errorNumber: Int32

    package init(path: String, operation: String, errorNumber: Int32) {
        self.path = path
        self.operation = operation
        self.errorNumber = errorNumber
    }

    /// Refuses a path with a NUL byte, at which the system would take it to end: it would name another file.
    static func refuseNUL(in path: String, operation: String) throws(FileError) {
        guard path.utf8.contains(0) else { return }
        throw FileError(path: path, operation: operation, errorNumber: EINVAL)
    }

    /// Whether the reason is that there is no such file.
    package var isNotFound: Bool { errorNumber == ENOENT || errorNumber == ENOTDIR }

    /// Whether another process or value holds the file.
    package var isInUse: Bool { errorNumber == EWOULDBLOCK }

    /// The system's words for the reason.
    package var reason: String { unsafe String(cString: strerror(errorNumber)) }
}
