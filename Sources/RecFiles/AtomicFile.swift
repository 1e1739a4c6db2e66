#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that appears whole or not at all.
///
/// The bytes go to a temporary file in the same folder, which reaches the disk before it is renamed; until then, and
/// whenever something fails, what was at the path before stays as it was, and the temporary file is removed. A file that
/// replaces another keeps its permissions; behind a symbolic link, the file that it leads to is replaced.
package struct AtomicFile: ~Copyable {
    private let pieces: FilePieces

    /// Writes a file.
    ///
    /// - Parameters:
    ///   - path: Where the file appears.
    ///   - synchronizesFolder: Whether to try to make the new name survive a power failure. Where something depends on
    ///     that, pass `false` and call ``synchronize(folder:)``, which says when it fails.
    ///   - body: Writes the bytes; when it throws, nothing changes at `path`.
    /// - Throws: ``FileError``, or what `body` throws. A path that holds anything but a regular file is refused.
    package static func write(
        to path: String,
        synchronizesFolder: Bool = true,
        _ body: (borrowing AtomicFile) throws(FileError) -> Void
    ) throws(FileError) {
        let target = try target(of: path)
        let folder = FileSystem.folder(of: target.path)
        let temporary = folder + "/.rec-" + String(UInt64.random(in: .min ... .max), radix: 36) + ".tmp"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileError(path: path, operation: "write", errorNumber: errno) }
        do throws(FileError) {
            defer { _ = close(descriptor) }
            if let mode = target.mode { _ = fchmod(descriptor, mode) }
            let pieces = FilePieces(FileDescriptor(descriptor), path: path)
            try body(AtomicFile(pieces: pieces))
            try pieces.finish()
            guard fsync(descriptor) == 0 else {
                throw FileError(path: path, operation: "write", errorNumber: errno)
            }
            guard unsafe rename(temporary, target.path) == 0 else {
                throw FileError(path: path, operation: "write", errorNumber: errno)
            }
        } catch {
            _ = unsafe unlink(temporary)
            throw error
        }
        if synchronizesFolder { try? synchronize(folder: folder) }
    }

    /// Writes bytes after those written before.
    package borrowing func write(_ bytes: RawSpan) throws(FileError) {
        try pieces.append(bytes)
    }

    /// Writes bytes after those written before.
    package borrowing func write(_ bytes: [UInt8]) throws(FileError) {
        try unsafe write(bytes.span.bytes)
    }

    /// Where the file will be, links followed, and the permissions of the file that is there.
    private static func target(of path: String) throws(FileError) -> (path: String, mode: mode_t?) {
        try FileError.refuseNUL(in: path, operation: "write")
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return (path, nil) }
        var path = path
        if status.st_mode & S_IFMT == S_IFLNK {
            guard let resolved = unsafe realpath(path, nil) else {
                throw FileError(path: path, operation: "write", errorNumber: errno)
            }
            defer { unsafe free(resolved) }
            let original = path
            path = unsafe String(cString: resolved)
            guard unsafe stat(path, &status) == 0 else {
                throw FileError(path: original, operation: "write", errorNumber: errno)
            }
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw FileError(path: path, operation: "write", errorNumber: isFolder ? EISDIR : EINVAL)
        }
        return (path, status.st_mode & 0o777)
    }

    /// Makes the names of new and renamed files in a folder survive a power failure.
    ///
    /// Nothing is done for a folder that may not be read, or on a file system that knows no such thing.
    ///
    /// - Throws: ``FileError`` when the disk did not take them.
    package static func synchronize(folder: String) throws(FileError) {
        let path = folder.isEmpty ? "/" : folder
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == EACCES { return }
            throw FileError(path: path, operation: "write", errorNumber: errno)
        }
        defer { _ = close(descriptor) }
        guard fsync(descriptor) != 0, ![EINVAL, ENOTSUP, ENOSYS].contains(errno) else { return }
        throw FileError(path: path, operation: "write", errorNumber: errno)
    }
}
