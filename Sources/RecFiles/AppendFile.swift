#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that grows at its end and that one process at a time may hold.
package final class AppendFile: Sendable {
    /// The path the file was opened by.
    package let path: String

    private let descriptor: Int32

    /// Opens a file for reading and appending, creating it when there is none, and locks it.
    ///
    /// - Throws: ``FileError``; `EWOULDBLOCK` when another process or another value of this type holds it, `EINVAL`
    ///   or `EISDIR` when it is not a regular file.
    package init(path: String) throws(FileError) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o666)
        guard descriptor >= 0 else { throw FileError(path: path, operation: "open", errorNumber: errno) }
        var status = stat()
        var failure: Int32 = 0
        if unsafe fstat(descriptor, &status) != 0 {
            failure = errno
        } else if status.st_mode & S_IFMT != S_IFREG {
            failure = EINVAL
        } else if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            failure = errno
        }
        guard failure == 0 else {
            _ = close(descriptor)
            throw FileError(path: path, operation: "open", errorNumber: failure)
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        // A child process that is being started has a copy of the descriptor for a moment, which would keep the lock.
        _ = flock(descriptor, LOCK_UN)
        _ = close(descriptor)
    }

    /// Cuts the file to `count` bytes and makes that the place where the next bytes go.
    package func truncate(to count: Int) throws(FileError) {
        guard ftruncate(descriptor, off_t(count)) == 0, lseek(descriptor, off_t(count), SEEK_SET) >= 0 else {
            throw FileError(path: path, operation: "write", errorNumber: errno)
        }
    }

    /// Writes bytes where the last ones ended; on failure some of them may be in the file.
    package func append(_ bytes: [UInt8]) throws(FileError) {
        try unsafe FileDescriptor(descriptor).write(bytes.span.bytes, path: path)
    }

    /// Replaces bytes in place, beyond the end too; the place where the next bytes are appended stays.
    package func overwrite(_ bytes: [UInt8], at offset: Int) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe pwrite(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + written },
                    buffer.count - written,
                    off_t(offset + written)
                )
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(path: path, operation: "write", errorNumber: errno)
            }
            written += count
        }
    }

    /// Returns when everything that was written is on the disk.
    package func synchronize() throws(FileError) {
        #if canImport(Darwin)
        // `fsync` leaves the data in the drive's own cache there.
        let result = fcntl(descriptor, F_FULLFSYNC)
        #else
        let result = fdatasync(descriptor)
        #endif
        guard result == 0 else { throw FileError(path: path, operation: "write", errorNumber: errno) }
    }

    /// Reads exactly `count` bytes at `offset`, or `nil` when the file ends before.
    package func read(at offset: Int, count: Int) throws(FileError) -> [UInt8]? {
        try FileDescriptor(descriptor).read(at: offset, count: count, path: path)
    }
}
