extension String {
    /// The text without white space (the Unicode property) and byte order marks at either end.
    package func trimmingBlanks() -> String {
        guard let first = unicodeScalars.first, let last = unicodeScalars.last, first.isBlank || last.isBlank else {
            return self
        }
        var rest = unicodeScalars[...]
        while let scalar = rest.first, scalar.isBlank { rest.removeFirst() }
        while let scalar = rest.last, scalar.isBlank { rest.removeLast() }
        return String(rest)
    }

    /// The text of a number without a decimal part of zeros.
    package var withoutZeroDecimals: String {
        if let integerPart { return integerPart }
        if hasPrefix("-"), let digits = String(dropFirst()).integerPart { return "-\(digits)" }
        return self
    }

    /// The whole number without a decimal part of zeros: `2011` for `2011.0`; `nil` for any other text.
    var integerPart: String? {
        guard let point = utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        let decimals = utf8[utf8.index(after: point)...]
        let digits = utf8[..<point]
        guard !digits.isEmpty, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            !decimals.isEmpty, decimals.allSatisfy({ $0 == UInt8(ascii: "0") })
        else { return nil }
        return String(self[..<point])
    }
}

extension Unicode.Scalar {
    fileprivate var isBlank: Bool {
        isASCII ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace || value == 0xFEFF
    }
}
