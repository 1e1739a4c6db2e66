import RecCompute

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The bytes of a file in a buffer that the next file of the process uses again.
///
/// Memory that is new to a process is zeroed by the system page by page, which for a picture of a megabyte takes as
/// long as a tenth of its decoding; a service that reads file after file pays that once.
package struct FileContents: ~Copyable {
    /// The most buffers that are kept, and the largest.
    private static let (spareCount, spareSize) = (8, 4 << 20)

    private static let spares = LockedValue<[[UInt8]]>([])

    /// The bytes, and what earlier files left behind them.
    private var buffer: [UInt8]

    /// The number of bytes of the file.
    package let count: Int

    /// Reads a file.
    ///
    /// One that shrinks meanwhile ends early; one that grows is cut at the size it had.
    ///
    /// - Throws: ``FileError``, with `EFBIG` for a file over `limit` bytes.
    package init(ofFile path: String, limit: Int) throws(FileError) {
        let (descriptor, size) = try FileDescriptor.openRegularFile(path)
        defer { _ = close(descriptor) }
        guard size <= limit else { throw FileError(path: path, operation: "read", errorNumber: EFBIG) }
        var buffer = Self.spares.withLock { $0.popLast() } ?? []
        if buffer.count < size { buffer = [UInt8](repeating: 0, count: size) }
        let (count, failure) = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe FileDescriptor(descriptor).fill(UnsafeMutableRawBufferPointer(rebasing: bytes.prefix(size)))
        }
        guard failure == 0 else { throw FileError(path: path, operation: "read", errorNumber: failure) }
        self.buffer = buffer
        self.count = count
    }

    deinit {
        let buffer = buffer
        guard buffer.count <= Self.spareSize else { return }
        Self.spares.withLock { spares in
            if spares.count < Self.spareCount { spares.append(buffer) }
        }
    }

    /// Lends the bytes.
    package borrowing func withBytes<Value, Failure: Error>(
        _ body: (borrowing Span<UInt8>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(buffer.span.extracting(first: count))
    }
}
