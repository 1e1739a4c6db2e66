/// The bytes of a new file on their way to the disk, in pieces of several large pages that begin where such a page does.
///
/// A system whose page cache knows large pages (ext4 of Linux 6.16 and later, XFS, Btrfs) makes them of such writes if the
/// bytes are in memory already; who maps the file then needs one address in place of 512, and reads what lies apart faster.
final class FilePieces {
    /// Two large pages of x86-64 and of ARM with pages of 4 KB.
    static let size = 4 << 20

    private let file: FileDescriptor
    private let path: String
    private var waiting: [UInt8] = []

    init(_ file: FileDescriptor, path: String) {
        self.file = file
        self.path = path
    }

    /// Writes bytes after those written before, some of them later.
    func append(_ bytes: RawSpan) throws(FileError) {
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
        var piece: [UInt8] = []
        swap(&piece, &waiting)
        try unsafe file.write(piece.span.bytes, path: path)
        piece.removeAll(keepingCapacity: true)
        swap(&piece, &waiting)
    }
}
