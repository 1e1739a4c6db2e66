/// Bytes as text, RFC 4648 section 4, with padding; this module imports no library that has it.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")
    /// For each byte its value in the alphabet, or 64.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 64, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// Encodes bytes as text.
    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var bits: UInt32 = 0
            for offset in 0..<3 { bits = bits << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0) }
            for place in 0..<4 {
                let shift = 18 - 6 * UInt32(place)
                text.append(place <= count ? alphabet[Int(bits >> shift & 63)] : padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Decodes text; `nil` when it is not valid Base64.
    package static func decode(_ text: String) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count.isMultiple(of: 4) else { return nil }
        let values = values
        let padded = characters.suffix(2).reversed().prefix { $0 == padding }.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3)
        for start in stride(from: 0, to: characters.count, by: 4) {
            let isLast = start + 4 == characters.count
            let missing = isLast ? padded : 0
            var bits: UInt32 = 0
            for offset in 0..<4 {
                let value = offset < 4 - missing ? values[Int(characters[start + offset])] : 0
                guard value < 64 else { return nil }
                bits = bits << 6 | UInt32(value)
            }
            for place in 0..<3 - missing { bytes.append(UInt8(truncatingIfNeeded: bits >> (16 - 8 * UInt32(place)))) }
            // Bits that no byte takes must be zero, so that no two texts stand for the same bytes.
            guard bits & ((1 << (8 * UInt32(missing))) - 1) == 0 else { return nil }
        }
        return bytes
    }
}
