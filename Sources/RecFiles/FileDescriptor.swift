#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The reading and writing of whole stretches that an open file's number alone does not give.
struct FileDescriptor {
    private let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    /// Opens a regular file for reading; never waits, as a pipe would make it.
    ///
    /// - Returns: The open file's number, which the caller closes, and its size in bytes.
    /// - Throws: ``FileError``; a folder is `EISDIR`, anything else that is no regular file `EINVAL`.
    static func openRegularFile(_ path: String) throws(FileError) -> (number: Int32, size: Int) {
        try FileError.refuseNUL(in: path, operation: "open")
        var number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if number < 0, errno == ENOENT, let bytes = PathText.systemPath(path) {
            number = unsafe open(bytes, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        }
        guard number >= 0 else { throw FileError(path: path, operation: "open", errorNumber: errno) }
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else {
            let error = FileError(path: path, operation: "open", errorNumber: errno)
            _ = close(number)
            throw error
        }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG else {
            _ = close(number)
            let words = [S_IFDIR: "a folder", S_IFIFO: "a named pipe", S_IFSOCK: "a socket"][kind] ?? "a device"
            throw FileError(
                path: path,
                operation: "open",
                errorNumber: kind == S_IFDIR ? EISDIR : EINVAL,
                kind: words
            )
        }
        return (number, Int(status.st_size))
    }

    /// Writes all bytes, however many calls it takes.
    func write(_ bytes: RawSpan, path: String) throws(FileError) {
        var written = 0
        while written < bytes.byteCount {
            let rest = bytes.extracting(written..<bytes.byteCount)
            let count = unsafe rest.withUnsafeBytes { buffer in
                #if canImport(Darwin)
                unsafe Darwin.write(number, buffer.baseAddress, min(buffer.count, 1 << 30))
                #elseif canImport(Musl)
                unsafe Musl.write(number, buffer.baseAddress, min(buffer.count, 1 << 30))
                #else
                unsafe Glibc.write(number, buffer.baseAddress, min(buffer.count, 1 << 30))
                #endif
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(path: path, operation: "write", errorNumber: errno)
            }
            written += count
        }
    }

    /// Reads exactly `count` bytes at `offset`, or `nil` when the file ends before.
    func read(at offset: Int, count: Int, path: String) throws(FileError) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let result = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe pread(number, buffer.baseAddress.map { unsafe $0 + done }, count - done, off_t(offset + done))
            }
            if result < 0 {
                if errno == EINTR { continue }
                throw FileError(path: path, operation: "read", errorNumber: errno)
            }
            if result == 0 { return nil }
            done += result
        }
        return bytes
    }

    /// Reads from `start` until the buffer is full or the file ends.
    ///
    /// - Returns: The number of bytes, and the error number of what went wrong, or 0.
    func fill(_ buffer: UnsafeMutableRawBufferPointer, from start: Int = 0) -> (count: Int, failure: Int32) {
        var count = 0
        while count < buffer.count, let base = buffer.baseAddress {
            let got = unsafe pread(number, base + count, buffer.count - count, off_t(start + count))
            if got < 0 && errno == EINTR { continue }
            if got < 0 { return (count, errno) }
            if got == 0 { break }
            count += got
        }
        return (count, 0)
    }
}
