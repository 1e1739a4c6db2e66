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
    /// What stands at the path in place of a file, with an article, if that is the reason.
    private let kind: String?

    package init(path: String, operation: String, errorNumber: Int32, kind: String? = nil) {
        self.path = path
        self.operation = operation
        self.errorNumber = errorNumber
        self.kind = kind
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

    /// The reason: what stands in place of a file, or the system's words.
    package var reason: String {
        if let kind { return "it is \(kind), and a file is needed" }
        return unsafe String(cString: strerror(errorNumber))
    }
}
