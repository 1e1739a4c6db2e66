/// The bytes of a new file on their way to the disk, in pieces of whole large pages that begin where such a page does.
///
/// A system whose page cache has large pages (ext4 since Linux 6.16, XFS, Btrfs) makes them of such writes if the bytes
/// are in memory already. A process that maps the file then needs one translation of addresses in place of 512, and
/// reads what lies apart faster.
final class FilePieces {
    /// Two large pages of x86-64 and of ARM with pages of 4 KB.
    static let size = 4 << 20

    private let file: FileDescriptor
    private let path: String
    private var waiting: [UInt8] = []
    /// Why bytes are missing from the file.
    private var failure: FileError?

    init(_ file: FileDescriptor, path: String) {
        self.file = file
        self.path = path
    }

    /// Writes bytes after those written before, some of them later.
    ///
    /// - Throws: ``FileError`` when bytes could not be written, these or earlier ones.
    func append(_ bytes: RawSpan) throws(FileError) {
        if let failure { throw failure }
        var done = 0
        while done < bytes.byteCount {
            let end = done + min(bytes.byteCount - done, Self.size - waiting.count)
            unsafe bytes.extracting(done..<end).withUnsafeBytes { unsafe waiting.append(contentsOf: $0) }
            done = end
            if waiting.count == Self.size { try finish() }
        }
    }

    /// Writes what waits.
    func finish() throws(FileError) {
        if let failure { throw failure }
        var piece: [UInt8] = []
        swap(&piece, &waiting)
        do throws(FileError) {
            try unsafe file.write(piece.span.bytes, path: path)
        } catch {
            failure = error
            throw error
        }
        piece.removeAll(keepingCapacity: true)
        swap(&piece, &waiting)
    }
}
