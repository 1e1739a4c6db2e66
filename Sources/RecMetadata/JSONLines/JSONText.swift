internal import RecFiles

/// The text of a string in JSON.
struct JSONText {
    /// The text, with U+FFFD for what is no character, and without NUL.
    let text: String

    /// Whether something was replaced: bytes that are not UTF-8, or halves of surrogate pairs.
    private(set) var isDamaged = false

    /// Whether NUL characters were removed.
    private(set) var hadNUL = false

    /// Reads what stands between the quotes of a string, whose escapes are known to be well formed.
    init(_ bytes: Span<UInt8>, hasEscapes: Bool) {
        if !hasEscapes {
            if let valid = bytes.validText {
                text = valid
            } else {
                text = bytes.text
                isDamaged = true
            }
            return
        }
        var content: [UInt8] = []
        content.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0x5C else {
                content.append(bytes[index])
                index += 1
                continue
            }
            let kind = bytes[index + 1]
            index += 2
            guard kind == 0x75 else {
                content.append(Self.character(of: kind))
                continue
            }
            var unit = Self.unit(bytes, at: index)
            index += 4
            if 0xD800...0xDBFF ~= unit, index + 6 <= bytes.count, bytes[index] == 0x5C, bytes[index + 1] == 0x75,
                case let low = Self.unit(bytes, at: index + 2), 0xDC00...0xDFFF ~= low
            {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)
                index += 6
            }
            if unit == 0 {
                hadNUL = true
            } else if let scalar = Unicode.Scalar(unit) {
                content += String(scalar).utf8
            } else {
                // What is never part of UTF-8.
                content.append(0xFF)
            }
        }
        if let valid = content.span.validText {
            text = valid
        } else {
            text = content.span.text
            isDamaged = true
        }
    }

    /// The character that an escape of two characters stands for.
    private static func character(of kind: UInt8) -> UInt8 {
        switch kind {
        case 0x62: 0x08
        case 0x66: 0x0C
        case 0x6E: 0x0A
        case 0x72: 0x0D
        case 0x74: 0x09
        default: kind
        }
    }

    /// The number that four hexadecimal digits write.
    private static func unit(_ bytes: Span<UInt8>, at start: Int) -> UInt32 {
        (start..<start + 4).reduce(0) { $0 << 4 | (bytes[$1].hexDigit ?? 0) }
    }
}
