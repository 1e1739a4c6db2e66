#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Bytes that another program delivers as it likes: standard input, or the end of a pipe.
package struct ByteStream: Sendable {
    /// The name of the stream in errors.
    package let name: String

    private let descriptor: Int32

    /// Wraps an open descriptor, which stays the caller's.
    package init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    /// The standard input of the process.
    package static var standardInput: ByteStream { ByteStream(descriptor: STDIN_FILENO, name: "standard input") }

    /// Whether ``bytes(atMost:)`` returns at once.
    package var isReady: Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&request, 1, 0) > 0
    }

    /// Waits for bytes.
    ///
    /// - Parameter limit: The most bytes to take, at least 1; the others are kept for the next call.
    /// - Returns: What is there, at least one byte; none at the end of the stream.
    /// - Throws: ``FileError``.
    package func bytes(atMost limit: Int) throws(FileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while true {
                let got = unsafe read(descriptor, buffer.baseAddress, limit)
                if got < 0, errno == EINTR { continue }
                (count, failure) = got < 0 ? (0, errno) : (got, 0)
                return
            }
        }
        guard failure == 0 else { throw FileError(path: name, operation: "read", errorNumber: failure) }
        return bytes
    }
}
