/// Parses JSON (RFC 8259) strictly: members keep their order, a member that occurs twice is an error, and nesting is
/// limited.
///
/// Numbers that are not integers of 64 bits are rounded to the nearest `Double`.
package struct StrictJSONParser {
    /// The reason why a text is refused, and the byte position.
    package struct Failure: Error {
        package let reason: String
        package let position: Int

        /// Creates a failure.
        package init(_ reason: String, at position: Int) {
            self.reason = reason
            self.position = position
        }
    }

    private let bytes: [UInt8]
    private var position = 0
    private let depthLimit: Int

    private init(bytes: [UInt8], depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
    }

    /// Parses one value that may be followed by white space only.
    package static func parse(_ bytes: [UInt8], depthLimit: Int = 16) throws(Failure) -> StrictJSON {
        var parser = StrictJSONParser(bytes: bytes, depthLimit: depthLimit)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.position == bytes.count else { throw parser.failure("something follows the end") }
        return value
    }

    private mutating func value(depth: Int) throws(Failure) -> StrictJSON {
        guard depth < depthLimit else { throw failure("it is nested too deeply") }
        skipSpace()
        guard let byte = peek else { throw failure("a value is missing") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default:
            let words: [(String, StrictJSON)] = [("true", .boolean(true)), ("false", .boolean(false)), ("null", .null)]
            for (word, value) in words where bytes[position...].starts(with: word.utf8) {
                position += word.utf8.count
                return value
            }
            throw failure("a value is missing")
        }
    }

    private mutating func object(depth: Int) throws(Failure) -> StrictJSON {
        position += 1
        var members: [(name: String, value: StrictJSON)] = []
        var names: Set<String> = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            let name = try string()
            guard names.insert(name).inserted else { throw failure("'\(name)' occurs twice") }
            skipSpace()
            guard take(":") else { throw failure("a colon is missing") }
            members.append((name, try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw failure("a brace is missing") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(Failure) -> StrictJSON {
        position += 1
        var elements: [StrictJSON] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw failure("a bracket is missing") }
        return .array(elements)
    }

    private mutating func number() throws(Failure) -> StrictJSON {
        let start = position
        while let byte = peek, "+-.eE0123456789".utf8.contains(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let digits = text.drop { $0 == "-" }
        guard digits.count == 1 || !digits.hasPrefix("0") || digits.hasPrefix("0.") || digits.hasPrefix("0e"),
            let real = Double(text)
        else { throw failure("'\(text.prefix(40))' is no number") }
        return Int(text).map { .integer($0) } ?? .real(real)
    }

    private mutating func string() throws(Failure) -> String {
        guard take("\"") else { throw failure("a string is missing") }
        var result: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: result, as: UTF8.self) else {
                    throw failure("a string is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): result += try escape()
            case 0..<0x20: throw failure("a string holds a control character")
            default: result.append(byte)
            }
        }
        throw failure("a string does not end")
    }

    private mutating func escape() throws(Failure) -> [UInt8] {
        guard let byte = peek else { throw failure("a string does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw failure("an escape is unknown")
        }
    }

    private mutating func unicodeEscape() throws(Failure) -> [UInt8] {
        let first = try hexadecimal()
        var code = UInt32(first)
        if (0xD800..<0xDC00).contains(first) {
            guard take("\\"), take("u") else { throw failure("half a surrogate pair") }
            let second = try hexadecimal()
            guard (0xDC00..<0xE000).contains(second) else { throw failure("half a surrogate pair") }
            code = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw failure("half a surrogate pair") }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal() throws(Failure) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "-")),
            let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure("an escape is unknown") }
        position += 4
        return value
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func failure(_ reason: String) -> Failure { Failure(reason, at: position) }
}
