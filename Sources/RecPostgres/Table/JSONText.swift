/// The few forms of JSON that the tables hold.
enum JSONText {
    /// A text in quotation marks.
    static func append(_ text: String, to result: inout [UInt8]) {
        result.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                result.append(UInt8(ascii: "\\"))
                result.append(byte)
            case 0..<32:
                let digits = Array("0123456789abcdef".utf8)
                result += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default:
                result.append(byte)
            }
        }
        result.append(UInt8(ascii: "\""))
    }

    /// A list of texts.
    static func append(_ texts: some Sequence<String>, to result: inout [UInt8]) {
        result.append(UInt8(ascii: "["))
        var isFirst = true
        for text in texts {
            if !isFirst { result.append(UInt8(ascii: ",")) }
            isFirst = false
            append(text, to: &result)
        }
        result.append(UInt8(ascii: "]"))
    }

    /// An object of texts.
    static func object(_ texts: [String: String]) -> String {
        var result = Array("{".utf8)
        for (name, text) in texts {
            if result.count > 1 { result.append(UInt8(ascii: ",")) }
            append(name, to: &result)
            result.append(UInt8(ascii: ":"))
            append(text, to: &result)
        }
        return String(decoding: result + Array("}".utf8), as: UTF8.self)
    }

    /// An object with one list of one text.
    static func object(_ name: String, _ value: String) -> String {
        var result = Array("{".utf8)
        append(name, to: &result)
        result.append(UInt8(ascii: ":"))
        append([value], to: &result)
        return String(decoding: result + Array("}".utf8), as: UTF8.self)
    }
}

/// Reads the forms of JSON that the tables hold, as PostgreSQL prints them; anything else is `Damage`.
struct JSONTextReader {
    struct Damage: Error {}

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads a list of texts to the end.
    static func texts(_ bytes: [UInt8]) throws(Damage) -> [String] {
        var reader = JSONTextReader(bytes)
        let texts = try reader.texts()
        try reader.end()
        return texts
    }

    /// Reads an object of lists of texts to the end.
    static func lists(_ bytes: [UInt8]) throws(Damage) -> [(name: String, values: [String])] {
        try object(bytes) { reader throws(Damage) in try reader.texts() }.map { ($0, $1) }
    }

    /// Reads an object of texts to the end.
    static func object(_ bytes: [UInt8]) throws(Damage) -> [String: String] {
        Dictionary(try object(bytes) { reader throws(Damage) in try reader.text() }) { $1 }
    }

    private static func object<Value>(
        _ bytes: [UInt8],
        _ value: (inout JSONTextReader) throws(Damage) -> Value
    ) throws(Damage) -> [(String, Value)] {
        var reader = JSONTextReader(bytes)
        var result: [(String, Value)] = []
        try reader.expect("{")
        if !reader.take("}") {
            repeat {
                let name = try reader.text()
                try reader.expect(":")
                result.append((name, try value(&reader)))
            } while reader.take(",")
            try reader.expect("}")
        }
        try reader.end()
        return result
    }

    private mutating func texts() throws(Damage) -> [String] {
        var texts: [String] = []
        try expect("[")
        if take("]") { return texts }
        repeat { texts.append(try text()) } while take(",")
        try expect("]")
        return texts
    }

    private mutating func text() throws(Damage) -> String {
        try expect("\"")
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
            position += 1
        }
        var result = Array(bytes[start..<position])
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") {
                result += try escape()
            } else {
                result.append(bytes[position])
                position += 1
            }
        }
        try expect("\"")
        guard let text = String(validating: result, as: UTF8.self) else { throw Damage() }
        return text
    }

    /// PostgreSQL escapes nothing but quotation marks, backslashes and control characters.
    private mutating func escape() throws(Damage) -> [UInt8] {
        guard position + 1 < bytes.count else { throw Damage() }
        let character = bytes[position + 1]
        position += 2
        switch character {
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "u"):
            guard position + 4 <= bytes.count,
                let code = UInt8(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16), code < 128
            else { throw Damage() }
            position += 4
            return [code]
        default: return [character]
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(Damage) {
        guard take(character) else { throw Damage() }
    }

    private func end() throws(Damage) {
        guard position == bytes.count else { throw Damage() }
    }
}
