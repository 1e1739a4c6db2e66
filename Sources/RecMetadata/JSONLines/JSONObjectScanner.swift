internal import RecFiles

/// Divides a JSON object (RFC 8259) into its names and values, without a copy.
///
/// Objects and arrays within it are checked and given as a whole. There is no recursion: depth is a number.
struct JSONObjectScanner {
    /// A stretch of the bytes: what stands between the quotes of a string, or a value.
    struct Token {
        let kind: Kind
        let range: Range<Int>
        /// Whether a string has escapes.
        var hasEscapes = false

        enum Kind { case string, number, yes, no, null, array, object }
    }

    /// Why a text is no object.
    struct Fault: Error {
        /// The byte at which it is noticed.
        let position: Int
        let reason: String
    }

    private(set) var position: Int
    private let end: Int
    private let maximumDepth: Int

    init(_ range: Range<Int>, maximumDepth: Int) {
        position = range.lowerBound
        end = range.upperBound
        self.maximumDepth = maximumDepth
    }

    /// Steps over the opening brace.
    mutating func open(_ bytes: Span<UInt8>) throws(Fault) {
        skipBlanks(bytes)
        guard take(0x7B, bytes) else { throw fault("an object is expected") }
    }

    /// The next name with its value; `nil` after the closing brace, which must end the text.
    mutating func next(_ bytes: Span<UInt8>, isFirst: Bool) throws(Fault) -> (name: Token, value: Token)? {
        skipBlanks(bytes)
        if take(0x7D, bytes) {
            skipBlanks(bytes)
            guard position == end else { throw fault("there is text after the object") }
            return nil
        }
        if !isFirst {
            guard take(0x2C, bytes) else { throw fault("a comma or a closing brace is expected") }
            skipBlanks(bytes)
        }
        guard position < end, bytes[position] == 0x22 else { throw fault("a name in quotes is expected") }
        let name = try string(bytes)
        skipBlanks(bytes)
        guard take(0x3A, bytes) else { throw fault("a colon is expected") }
        skipBlanks(bytes)
        return (name, try value(bytes))
    }

    /// The array that is the whole text, checked.
    mutating func wholeArray(_ bytes: Span<UInt8>) throws(Fault) -> Token {
        skipBlanks(bytes)
        guard position < end, bytes[position] == 0x5B else { throw fault("an array is expected") }
        let array = try value(bytes)
        skipBlanks(bytes)
        guard position == end else { throw fault("there is text after the array") }
        return array
    }

    /// The elements of an array.
    mutating func openArray(_ bytes: Span<UInt8>) {
        position += 1
    }

    /// The next element of an array that was checked before; `nil` after the last.
    mutating func nextElement(_ bytes: Span<UInt8>) throws(Fault) -> Token? {
        skipBlanks(bytes)
        if take(0x2C, bytes) { skipBlanks(bytes) }
        return take(0x5D, bytes) ? nil : try value(bytes)
    }

    // MARK: Values

    private mutating func value(_ bytes: Span<UInt8>) throws(Fault) -> Token {
        guard position < end else { throw fault("a value is expected") }
        let start = position
        switch bytes[position] {
        case 0x22: return try string(bytes)
        case 0x7B, 0x5B:
            let kind: Token.Kind = bytes[position] == 0x7B ? .object : .array
            try skipNested(bytes)
            return Token(kind: kind, range: start..<position)
        case 0x74: return try word("true", .yes, bytes)
        case 0x66: return try word("false", .no, bytes)
        case 0x6E: return try word("null", .null, bytes)
        default:
            try number(bytes)
            return Token(kind: .number, range: start..<position)
        }
    }

    private mutating func word(_ word: StaticString, _ kind: Token.Kind, _ bytes: Span<UInt8>) throws(Fault) -> Token {
        let start = position
        for byte in word.description.utf8 {
            guard take(byte, bytes) else { throw fault("a value is expected") }
        }
        return Token(kind: kind, range: start..<position)
    }

    private mutating func number(_ bytes: Span<UInt8>) throws(Fault) {
        _ = take(0x2D, bytes)
        if !take(0x30, bytes) { try digits(bytes) }
        if take(0x2E, bytes) { try digits(bytes) }
        if take(0x65, bytes) || take(0x45, bytes) {
            if !take(0x2B, bytes) { _ = take(0x2D, bytes) }
            try digits(bytes)
        }
    }

    private mutating func digits(_ bytes: Span<UInt8>) throws(Fault) {
        let start = position
        while position < end, 0x30...0x39 ~= bytes[position] { position += 1 }
        if position == start { throw fault("a value is expected") }
    }

    /// Steps over a string; `position` is at its first quote.
    private mutating func string(_ bytes: Span<UInt8>) throws(Fault) -> Token {
        let start = position + 1
        var hasEscapes = false
        position = start
        while position < end {
            let byte = bytes[position]
            if byte == 0x22 {
                position += 1
                return Token(kind: .string, range: start..<position - 1, hasEscapes: hasEscapes)
            }
            if byte < 0x20 { throw fault("a control character stands in a string") }
            if byte == 0x5C {
                hasEscapes = true
                try escape(bytes)
            } else {
                position += 1
            }
        }
        throw fault("a string does not end")
    }

    /// Steps over an escape; `position` is at its backslash.
    private mutating func escape(_ bytes: Span<UInt8>) throws(Fault) {
        position += 1
        guard position < end else { throw fault("a string does not end") }
        switch bytes[position] {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: position += 1
        case 0x75:
            position += 1
            for _ in 0..<4 {
                guard position < end, bytes[position].hexDigit != nil else { throw fault("\\u needs four digits") }
                position += 1
            }
        default: throw fault("an unknown escape")
        }
    }

    /// Steps over an object or an array and checks it.
    private mutating func skipNested(_ bytes: Span<UInt8>) throws(Fault) {
        // What is open: true for an object.
        var open: [Bool] = []
        repeat {
            skipBlanks(bytes)
            guard position < end else { throw fault("an object or array does not end") }
            let byte = bytes[position]
            if byte == 0x7B || byte == 0x5B {
                guard open.count < maximumDepth else {
                    throw fault("objects and arrays are more than \(maximumDepth) deep")
                }
                open.append(byte == 0x7B)
                position += 1
                skipBlanks(bytes)
                guard take(open[open.count - 1] ? 0x7D : 0x5D, bytes) else {
                    try nestedName(open, bytes)
                    continue
                }
                open.removeLast()
            } else {
                _ = try value(bytes)
            }
            // After a value: more of the same, or ends.
            while !open.isEmpty {
                skipBlanks(bytes)
                if take(0x2C, bytes) {
                    skipBlanks(bytes)
                    try nestedName(open, bytes)
                    break
                }
                guard take(open[open.count - 1] ? 0x7D : 0x5D, bytes) else {
                    throw fault("a comma or an end of the object or array is expected")
                }
                open.removeLast()
            }
        } while !open.isEmpty
    }

    /// Steps over the name before a value, if what is open is an object.
    private mutating func nestedName(_ open: [Bool], _ bytes: Span<UInt8>) throws(Fault) {
        guard open[open.count - 1] else { return }
        guard position < end, bytes[position] == 0x22 else { throw fault("a name in quotes is expected") }
        _ = try string(bytes)
        skipBlanks(bytes)
        guard take(0x3A, bytes) else { throw fault("a colon is expected") }
    }

    // MARK: Bytes

    private mutating func skipBlanks(_ bytes: Span<UInt8>) {
        while position < end {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return }
            position += 1
        }
    }

    private mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard position < end, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private func fault(_ reason: String) -> Fault { Fault(position: position, reason: reason) }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    var hexDigit: UInt32? {
        switch self {
        case 0x30...0x39: UInt32(self - 0x30)
        case 0x41...0x46: UInt32(self - 0x41 + 10)
        case 0x61...0x66: UInt32(self - 0x61 + 10)
        default: nil
        }
    }
}
