/// Reads JSON (RFC 8259) of nothing but strings.
///
/// The answer is `nil` for anything else, and for strings that hold NUL or what is no character.
package enum JSONStrings {
    /// Reads an array of strings.
    package static func array(_ bytes: Span<UInt8>) -> [String]? {
        var scanner = JSONObjectScanner(0..<bytes.count, maximumDepth: 1)
        guard let array = try? scanner.wholeArray(bytes) else { return nil }
        return strings(array, bytes)
    }

    /// Reads an object of strings, in its order.
    package static func object(_ bytes: Span<UInt8>) -> [(name: String, value: String)]? {
        fields(bytes, string)
    }

    /// Reads an object of arrays of strings, in its order.
    package static func arrays(_ bytes: Span<UInt8>) -> [(name: String, value: [String])]? {
        fields(bytes, strings)
    }

    private static func fields<Value>(
        _ bytes: Span<UInt8>,
        _ read: (JSONObjectScanner.Token, Span<UInt8>) -> Value?
    ) -> [(name: String, value: Value)]? {
        var scanner = JSONObjectScanner(0..<bytes.count, maximumDepth: 1)
        var fields: [(name: String, value: Value)] = []
        do throws(JSONObjectScanner.Fault) {
            try scanner.open(bytes)
            while let field = try scanner.next(bytes, isFirst: fields.isEmpty) {
                guard let name = string(field.name, bytes), let value = read(field.value, bytes) else { return nil }
                fields.append((name, value))
            }
        } catch {
            return nil
        }
        return fields
    }

    /// The elements of an array that was checked.
    private static func strings(_ array: JSONObjectScanner.Token, _ bytes: Span<UInt8>) -> [String]? {
        guard array.kind == .array else { return nil }
        var scanner = JSONObjectScanner(array.range, maximumDepth: 1)
        scanner.openArray(bytes)
        var strings: [String] = []
        while let element = try? scanner.nextElement(bytes) {
            guard let string = string(element, bytes) else { return nil }
            strings.append(string)
        }
        return strings
    }

    private static func string(_ token: JSONObjectScanner.Token, _ bytes: Span<UInt8>) -> String? {
        guard token.kind == .string else { return nil }
        let string = JSONText(bytes.extracting(token.range), hasEscapes: token.hasEscapes)
        return string.isDamaged || string.hadNUL ? nil : string.text
    }
}
