/// Writes JSON, for the answer that is asked for most: `JSONEncoder` takes longer for it than the search.
struct JSONWriter {
    /// What was written.
    private(set) var bytes: [UInt8] = []

    private var needsComma = false

    init() {
        bytes.reserveCapacity(4096)
    }

    /// Writes an object, as a field of another one if it has a name.
    mutating func object(_ name: String? = nil, _ content: (inout JSONWriter) -> Void) {
        enclosed("{", "}", name, content)
    }

    /// Writes an array, as a field of an object if it has a name.
    mutating func array(_ name: String? = nil, _ content: (inout JSONWriter) -> Void) {
        enclosed("[", "]", name, content)
    }

    /// Writes a field with a text, or null.
    mutating func field(_ name: String, _ text: String?) {
        begin(name)
        if let text { quote(text) } else { bytes += "null".utf8 }
    }

    /// Writes a field with a whole number.
    mutating func field(_ name: String, _ number: Int) {
        begin(name)
        bytes += "\(number)".utf8
    }

    /// Writes a field with a number; null for none, and for those that JSON does not have.
    mutating func field(_ name: String, _ number: Double?) {
        begin(name)
        if let number, number.isFinite { bytes += "\(number)".utf8 } else { bytes += "null".utf8 }
    }

    private mutating func enclosed(
        _ opening: Unicode.Scalar,
        _ closing: Unicode.Scalar,
        _ name: String?,
        _ content: (inout JSONWriter) -> Void
    ) {
        begin(name)
        bytes.append(UInt8(ascii: opening))
        needsComma = false
        content(&self)
        bytes.append(UInt8(ascii: closing))
        needsComma = true
    }

    private mutating func begin(_ name: String?) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
        guard let name else { return }
        quote(name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<32: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
