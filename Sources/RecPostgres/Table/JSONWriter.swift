/// Writes the few forms of JSON that the tables hold.
enum JSONWriter {
    /// A text in quotation marks.
    static func append(_ text: String, to result: inout [UInt8]) {
        result.append(UInt8(ascii: "\""))
        let start = result.count
        result.append(contentsOf: text.utf8)
        if result[start...].contains(where: isEscaped) {
            result.removeSubrange(start...)
            for byte in text.utf8 { append(byte, to: &result) }
        }
        result.append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 32 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// A byte of a text.
    private static func append(_ byte: UInt8, to result: inout [UInt8]) {
        guard isEscaped(byte) else { return result.append(byte) }
        if byte < 32 {
            let digits = Array("0123456789abcdef".utf8)
            result += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        } else {
            result += [UInt8(ascii: "\\"), byte]
        }
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

    /// The name of a member of an object with its colon, after a comma unless the object was just opened.
    ///
    /// Only an opening leaves `{` at the end: values are texts and lists.
    static func append(name: String, to result: inout [UInt8]) {
        if result.last != UInt8(ascii: "{") { result.append(UInt8(ascii: ",")) }
        append(name, to: &result)
        result.append(UInt8(ascii: ":"))
    }

    /// An object of texts.
    static func object(_ texts: [String: String]) -> String {
        var result = Array("{".utf8)
        for (name, text) in texts {
            append(name: name, to: &result)
            append(text, to: &result)
        }
        return String(decoding: result + Array("}".utf8), as: UTF8.self)
    }

    /// An object with one list of one text.
    static func object(_ name: String, _ value: String) -> String {
        var result = Array("{".utf8)
        append(name: name, to: &result)
        append([value], to: &result)
        return String(decoding: result + Array("}".utf8), as: UTF8.self)
    }
}
