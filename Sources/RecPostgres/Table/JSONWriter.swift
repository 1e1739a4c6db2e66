/// Writes the few forms of JSON that the tables hold.
enum JSONWriter {
    /// A text in quotation marks.
    static func append(_ text: String, to result: inout [UInt8]) {
        result.append(UInt8(ascii: "\""))
        // As a rule, nothing is escaped.
        guard text.utf8.contains(where: { $0 < 32 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else {
            result.append(contentsOf: text.utf8)
            result.append(UInt8(ascii: "\""))
            return
        }
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
