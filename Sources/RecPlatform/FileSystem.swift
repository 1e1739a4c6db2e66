#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Whole files and folder listings.
package enum FileSystem {
    /// Bytes of a file that are read ahead at most.
    private static let mostExpected = 64 << 20

    /// Asks the system to read a file into its cache meanwhile; a file that cannot be opened is left alone.
    package static func expectReading(_ path: String) {
        #if os(Linux)
        guard let (descriptor, size) = try? FileDescriptor.openRegularFile(path) else { return }
        defer { _ = close(descriptor) }
        _ = posix_fadvise(descriptor, 0, off_t(min(size, mostExpected)), POSIX_FADV_WILLNEED)
        #endif
    }

    /// Reads a regular file into memory.
    ///
    /// For files that people edit while we read, where a ``MappedFile`` would be at risk.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - limit: The size in bytes above which the file is refused.
    /// - Returns: The bytes of the file.
    /// - Throws: ``PlatformError``; `EFBIG` when the file is larger than `limit`, `EISDIR` or `EINVAL` when it is no
    ///   regular file.
    package static func contents(ofFile path: String, limit: Int) throws(PlatformError) -> [UInt8] {
        let (descriptor, size) = try FileDescriptor.openRegularFile(path)
        defer { _ = close(descriptor) }
        guard size <= limit else { throw PlatformError(path: path, operation: "read", errorNumber: EFBIG) }
        var failure: Int32 = 0
        // A file that shrinks meanwhile ends early; one that grows is cut at the size it had.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            unsafe (count, failure) = FileDescriptor(descriptor).fill(UnsafeMutableRawBufferPointer(buffer))
        }
        guard failure == 0 else { throw PlatformError(path: path, operation: "read", errorNumber: failure) }
        return bytes
    }

    /// The names in a folder, without `.` and `..`, in no particular order.
    ///
    /// - Throws: ``PlatformError``.
    package static func entries(ofFolder path: String) throws(PlatformError) -> [String] {
        guard let folder = unsafe opendir(path) else {
            throw PlatformError(path: path, operation: "list", errorNumber: errno)
        }
        defer { unsafe _ = closedir(folder) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(folder) else {
                guard errno == 0 else { throw PlatformError(path: path, operation: "list", errorNumber: errno) }
                return names
            }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                unsafe tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
                    unsafe String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
    }
}

extension PlatformError {
    /// Whether the reason is that the file is larger than the limit.
    package var isTooLarge: Bool { errorNumber == EFBIG }
}
