/// Turns bytes of any encoding into UTF-8, piece by piece.
///
/// What is no character becomes the byte FF, which is never part of UTF-8, so that a reader of the text notices it
/// where it stands.
struct TextDecoder {
    /// The encoding of the bytes.
    let encoding: TextEncoding

    /// The number of bytes that were no characters.
    private(set) var damageCount = 0

    /// Bytes of a unit that the next piece completes.
    private var rest: [UInt8] = []
    /// The first half of a pair of UTF-16, whose second half is still to come.
    private var high: UInt32?

    init(_ encoding: TextEncoding) {
        self.encoding = encoding
    }

    /// Appends the text of a piece.
    mutating func decode(_ piece: [UInt8], isLast: Bool, to text: inout [UInt8]) {
        switch encoding {
        case .utf8: text += piece
        case .windows1252:
            text.reserveCapacity(text.count + piece.count)
            for byte in piece { append(Self.windows1252[Int(byte)], to: &text) }
        case .utf16LittleEndian, .utf16BigEndian: decode(piece, unit: 2, isLast, to: &text)
        case .utf32LittleEndian, .utf32BigEndian: decode(piece, unit: 4, isLast, to: &text)
        }
    }

    private mutating func decode(_ piece: [UInt8], unit width: Int, _ isLast: Bool, to text: inout [UInt8]) {
        let isLittle = encoding == .utf16LittleEndian || encoding == .utf32LittleEndian
        let bytes = rest.isEmpty ? piece : rest + piece
        text.reserveCapacity(text.count + bytes.count)
        var position = 0
        while position + width <= bytes.count {
            var unit: UInt32 = 0
            for index in 0..<width {
                unit = unit << 8 | UInt32(bytes[position + (isLittle ? width - 1 - index : index)])
            }
            position += width
            if width == 2 { take(unit, to: &text) } else { append(unit, to: &text) }
        }
        rest = Array(bytes[position...])
        guard isLast else { return }
        if high != nil { damage(&text) }
        if !rest.isEmpty { damage(&text) }
        (high, rest) = (nil, [])
    }

    /// Takes a unit of UTF-16.
    private mutating func take(_ unit: UInt32, to text: inout [UInt8]) {
        if let first = high {
            high = nil
            if 0xDC00...0xDFFF ~= unit {
                append(0x10000 + ((first - 0xD800) << 10) + (unit - 0xDC00), to: &text)
                return
            }
            damage(&text)
        }
        if 0xD800...0xDBFF ~= unit { high = unit } else { append(unit, to: &text) }
    }

    private mutating func append(_ scalar: UInt32, to text: inout [UInt8]) {
        if scalar < 0x80 {
            text.append(UInt8(scalar))
        } else if let scalar = Unicode.Scalar(scalar) {
            for unit in String(scalar).utf8 { text.append(unit) }
        } else {
            damage(&text)
        }
    }

    private mutating func damage(_ text: inout [UInt8]) {
        damageCount += 1
        text.append(0xFF)
    }

    /// The character of a byte in Windows-1252.
    static func windows1252Scalar(_ byte: UInt8) -> Unicode.Scalar {
        Unicode.Scalar(windows1252[Int(byte)]) ?? "\u{FFFD}"
    }

    /// The characters of Windows-1252 by byte; bytes without a character keep their number, as browsers read them.
    private static let windows1252: [UInt32] = {
        let special: [UInt32] = [
            0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
            0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
            0x0153, 0x9D, 0x017E, 0x0178,
        ]
        return (0..<256).map { 0x80...0x9F ~= $0 ? special[$0 - 0x80] : UInt32($0) }
    }()
}
