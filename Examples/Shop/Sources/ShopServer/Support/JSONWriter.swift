/// Writes JSON for rankings and logs, in the order of the calls.
///
/// `JSONEncoder` takes longer for a ranking than the search.
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

    /// Writes a text, or null, as a field of an object if it has a name.
    mutating func field(_ name: String?, _ text: String?) {
        begin(name)
        if let text { quote(text) } else { bytes += "null".utf8 }
    }

    /// Writes a whole number, as a field of an object if it has a name.
    mutating func field(_ name: String?, _ number: some BinaryInteger) {
        begin(name)
        bytes += number.description.utf8
    }

    /// Writes a number, as a field of an object if it has a name; null for none, and for those that JSON does not have.
    mutating func field(_ name: String?, _ number: Double?) {
        begin(name)
        if let number, number.isFinite { bytes += number.description.utf8 } else { bytes += "null".utf8 }
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

    /// Writes a text in quotes.
    ///
    /// Control characters and line ends of Unicode are escaped: a text of a client must not begin a line of a log.
    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        defer { bytes.append(UInt8(ascii: "\"")) }
        // Most texts are plain ASCII, and go as they are.
        guard !text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }) else {
            bytes += text.utf8
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: bytes += [UInt8(ascii: "\\"), UInt8(scalar.value)]
            case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029:
                let digits = String(scalar.value, radix: 16)
                bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
            case 0..<0x80: bytes.append(UInt8(scalar.value))
            default: bytes += String(scalar).utf8
            }
        }
    }
}
