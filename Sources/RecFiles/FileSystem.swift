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
    ///   - start: Where to begin; a file that ends before gives no bytes.
    ///   - limit: The size in bytes above which the file is refused.
    /// - Returns: The bytes of the file.
    /// - Throws: ``FileError``; `EFBIG` when the file is larger than `limit`, `EISDIR` or `EINVAL` when it is no
    ///   regular file.
    package static func contents(
        ofFile path: String,
        from start: Int = 0,
        limit: Int
    ) throws(FileError) -> [UInt8] {
        let file = try FileStream(path: path)
        guard file.size <= limit else { throw FileError(path: path, operation: "read", errorNumber: EFBIG) }
        // A file that shrinks meanwhile ends early; one that grows is cut at the size it had.
        return try file.bytes(at: start, count: file.size - start)
    }

    /// Makes a folder, if there is none, in a folder that exists; its name is on the disk when the call returns.
    ///
    /// - Throws: ``FileError``; `EEXIST` when there is something else at the path.
    package static func createFolder(_ path: String) throws(FileError) {
        try FileError.refuseNUL(in: path, operation: "write")
        if unsafe mkdir(path, 0o777) == 0 {
            try AtomicFile.synchronize(folder: folder(of: path))
            return
        }
        let failure = errno
        var status = stat()
        if failure == EEXIST, unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
        throw FileError(path: path, operation: "write", errorNumber: failure)
    }

    /// Removes a file; processes that have it open or mapped keep it.
    ///
    /// - Throws: ``FileError``.
    package static func remove(_ path: String) throws(FileError) {
        guard unsafe unlink(path) == 0 else {
            throw FileError(path: path, operation: "write", errorNumber: errno)
        }
    }

    /// The number of bytes before the NUL of a name.
    private static func nameLength(_ name: UnsafePointer<UInt8>) -> Int {
        var count = 0
        while unsafe name[count] != 0 { count += 1 }
        return count
    }

    /// Whether there is something at a path.
    package static func exists(_ path: String) -> Bool {
        unsafe access(path, F_OK) == 0
    }

    /// Whether a name is that of a file in a folder, and of nothing outside.
    package static func isPlainName(_ name: String) -> Bool {
        (1...255).contains(name.utf8.count) && name != "." && name != ".."
            && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    }

    /// The folder that holds a file: `folder(of: path) + "/name"` is the path of another file in it.
    package static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return String(path[..<slash])
    }

    /// The names in a folder, without `.` and `..`, in no particular order.
    ///
    /// Names that are not UTF-8 are written as ``PathText`` does.
    ///
    /// - Throws: ``FileError``.
    package static func entries(ofFolder path: String) throws(FileError) -> [String] {
        var opened = unsafe opendir(path)
        if unsafe opened == nil, errno == ENOENT, let bytes = PathText.systemPath(path) {
            unsafe opened = opendir(bytes)
        }
        guard let folder = unsafe opened else {
            throw FileError(path: path, operation: "list", errorNumber: errno)
        }
        defer { unsafe _ = closedir(folder) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(folder) else {
                guard errno == 0 else { throw FileError(path: path, operation: "list", errorNumber: errno) }
                return names
            }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                unsafe tuple.withMemoryRebound(to: UInt8.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
                    unsafe PathText.text([UInt8](UnsafeBufferPointer(start: $0, count: nameLength($0))))
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
    }
}

extension FileError {
    /// Whether the reason is that the file is larger than the limit.
    package var isTooLarge: Bool { errorNumber == EFBIG }
}
