/// An encoding of text that tables come in.
public enum TextEncoding: String, Sendable, Hashable, Codable {
    /// UTF-8, with or without a byte order mark.
    case utf8 = "UTF-8"
    /// UTF-16, the least significant byte first.
    case utf16LittleEndian = "UTF-16LE"
    /// UTF-16, the most significant byte first.
    case utf16BigEndian = "UTF-16BE"
    /// UTF-32, the least significant byte first.
    case utf32LittleEndian = "UTF-32LE"
    /// UTF-32, the most significant byte first.
    case utf32BigEndian = "UTF-32BE"
    /// Windows-1252, which agrees with ISO 8859-1 ("Latin-1") in all printable characters.
    case windows1252 = "Windows-1252"
}

extension TextEncoding {
    /// The encoding that a byte order mark names, with the length of the mark.
    static func marked(_ bytes: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
        let marks: [([UInt8], TextEncoding)] = [
            // UTF-32 first, whose mark begins with that of UTF-16.
            ([0xFF, 0xFE, 0, 0], .utf32LittleEndian), ([0, 0, 0xFE, 0xFF], .utf32BigEndian),
            ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian), ([0xEF, 0xBB, 0xBF], .utf8),
        ]
        return marks.first { bytes.starts(with: $0.0) }.map { ($0.1, $0.0.count) }
    }

    /// The encodings of more than one byte a character that a text without a mark may have, which has NUL bytes then.
    static let wide: [TextEncoding] = [
        .utf32LittleEndian, .utf32BigEndian, .utf16LittleEndian, .utf16BigEndian,
    ]
}
