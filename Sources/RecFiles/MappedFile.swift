#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file mapped read-only into memory; unmapped when the last reference goes.
///
/// The mapping is private: nothing in this process changes it. Another process that truncates the file while it is
/// mapped makes the system end this process on access, as with every memory map; writers must replace files whole.
@safe
@usableFromInline
package final class MappedFile: Sendable {
    /// The path the file was opened by.
    package let path: String

    /// The size of the file in bytes.
    @usableFromInline
    package let count: Int

    // Never written to after `init`, so reads from any thread are safe.
    @usableFromInline
    nonisolated(unsafe) let base: UnsafeRawPointer?

    /// Maps a regular file.
    ///
    /// - Throws: ``FileError``; a folder or a device is `EISDIR` or `EINVAL`.
    package init(path: String) throws(FileError) {
        let (descriptor, size) = try FileDescriptor.openRegularFile(path)
        defer { _ = close(descriptor) }
        self.path = path
        count = size
        if count == 0 {
            unsafe base = nil
        } else {
            guard let address = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
                unsafe address != MAP_FAILED
            else { throw FileError(path: path, operation: "map", errorNumber: errno) }
            unsafe base = UnsafeRawPointer(address)
        }
    }

    deinit {
        if let base = unsafe base { unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) }
    }

    /// Advises the system of random access to some bytes, so that it does not read ahead.
    package func expectRandomAccess(_ range: Range<Int>) { advise(range, MADV_RANDOM) }

    /// Advises the system of sequential access to some bytes, so that it reads ahead.
    package func expectReading(_ range: Range<Int>) { advise(range, MADV_WILLNEED) }

    private func advise(_ range: Range<Int>, _ advice: Int32) {
        let page = Int(getpagesize())
        guard let base = unsafe base, range.lowerBound >= 0, range.upperBound <= count else { return }
        // Whole pages, those at the ends left out, which other parts of the file may share.
        let start = (range.lowerBound + page - 1) / page * page
        let end = range.upperBound / page * page
        guard start < end else { return }
        unsafe _ = madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, advice)
    }

    /// Lends the bytes of the file.
    @inlinable
    package func withBytes<Value, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let buffer = unsafe UnsafeRawBufferPointer(start: base, count: count)
        return try unsafe body(RawSpan(_unsafeBytes: buffer))
    }
}
