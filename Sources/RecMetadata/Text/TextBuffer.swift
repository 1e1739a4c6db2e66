internal import RecCore

/// The text of a table as UTF-8, of which a window is in memory.
struct TextBuffer {
    /// The bytes in memory.
    private(set) var bytes: [UInt8] = []

    /// Whether the window reaches the end of the text.
    private(set) var isComplete = false

    private let source: TableSource
    private var decoder: TextDecoder
    private var offset: Int

    /// The number of bytes that are read at a time.
    private static let pieceSize = 1 << 18

    /// Begins after a byte order mark of `skipping` bytes.
    init(_ source: TableSource, encoding: TextEncoding, skipping: Int) {
        self.source = source
        decoder = TextDecoder(encoding)
        offset = skipping
    }

    /// Begins with a text that is in memory as a whole.
    init(whole bytes: [UInt8]) {
        self.init(.bytes([]), encoding: .utf8, skipping: 0)
        self.bytes = bytes
        isComplete = true
    }

    /// The encoding of the source.
    var encoding: TextEncoding { decoder.encoding }

    /// The share of the source before an index of the window, above 0.
    func share(before index: Int) -> Double {
        max(Double(offset - (bytes.count - index)) / Double(max(source.count, 1)), 1e-9)
    }

    /// Whether there is text at an index of the window, which is extended where it ends before.
    mutating func hasText(at index: Int) throws(RecError) -> Bool {
        while index >= bytes.count {
            guard try extend() else { return false }
        }
        return true
    }

    /// Extends the window at its end.
    ///
    /// - Returns: Whether there was more text.
    mutating func extend() throws(RecError) -> Bool {
        while !isComplete {
            let piece = try source.piece(at: offset, length: Self.pieceSize)
            offset += piece.count
            let before = bytes.count
            // A file that shrinks meanwhile ends early.
            isComplete = piece.isEmpty || offset >= source.count
            decoder.decode(piece, isLast: isComplete, to: &bytes)
            if bytes.count > before { return true }
        }
        return false
    }

    /// Removes bytes from the beginning of the window.
    mutating func removeFirst(_ count: Int) {
        bytes.removeFirst(count)
    }
}
