internal import RecCore
internal import RecFiles

/// Finds the encoding of a table.
///
/// A mark decides. Without one a text with NUL bytes may be UTF-16 or UTF-32: the encoding counts in which it decodes
/// and begins as a table does. Bytes that are not UTF-8 anywhere in the text make it Windows-1252; where some of them
/// are UTF-8, the rest is damage.
struct EncodingGuess {
    let encoding: TextEncoding

    /// The length of the byte order mark.
    let markLength: Int

    /// A notice about a guess without a mark.
    let notice: String?

    /// The number of bytes at the beginning that are looked at.
    static let sampleSize = 1 << 16

    /// Finds the encoding: the one that the host gives, or one in which the beginning is that of a table.
    init(_ source: TableSource, given: TextEncoding?, beginsTable: ([UInt8]) -> Bool) throws(RecError) {
        let sample = try source.piece(at: 0, length: Self.sampleSize)
        if let mark = TextEncoding.marked(sample), given == nil || given == mark.encoding {
            (encoding, markLength, notice) = (mark.encoding, mark.length, nil)
            return
        }
        markLength = 0
        if let given {
            (encoding, notice) = (given, nil)
            return
        }
        if sample.contains(0), let wide = Self.wide(sample, isAll: sample.count == source.count, beginsTable) {
            encoding = wide
            notice = "the file has no byte order mark; it was read as \(wide.rawValue)"
        } else if let offset = try Self.foreignOffset(in: source) {
            encoding = .windows1252
            notice =
                "the file is not UTF-8 (first at byte \(offset)); it was read as \(TextEncoding.windows1252.rawValue), "
                + "which includes Latin-1; save it as UTF-8 if letters are wrong"
        } else {
            (encoding, notice) = (.utf8, nil)
        }
    }

    /// The encoding of more than one byte a character in which a sample makes sense.
    private static func wide(_ sample: [UInt8], isAll: Bool, _ beginsTable: ([UInt8]) -> Bool) -> TextEncoding? {
        TextEncoding.wide.first { encoding in
            var decoder = TextDecoder(encoding)
            var text: [UInt8] = []
            decoder.decode(sample, isLast: isAll, to: &text)
            return !text.contains(0) && decoder.damageCount * 100 <= text.count && beginsTable(text)
        }
    }

    /// Where the first byte that is not UTF-8 is in a text without any character of several bytes in UTF-8.
    private static func foreignOffset(in source: TableSource) throws(RecError) -> Int? {
        let length = 1 << 20
        var first: Int?
        var offset = 0
        while offset < source.count {
            let piece = try source.piece(at: offset, length: length)
            guard !piece.isEmpty else { break }
            var position = piece.span.asciiCount
            while position < piece.count {
                // A character that the piece cuts is read with the next one.
                if piece.count - position < 4, offset + piece.count < source.count, position > 0 { break }
                if piece.span.characterLength(at: position) > 0 { return nil }
                first = first ?? offset + position
                position += 1
                position += piece.span.extracting(position..<piece.count).asciiCount
            }
            offset += position
        }
        return first
    }
}
