/// Paths as text, whatever bytes they have.
///
/// A name of a file is bytes, as a rule UTF-8. A byte that is not becomes a code point of a private use area, from
/// U+10F780 for 80 to U+10F7FF for FF; these code points themselves are written as their bytes. So two names never
/// become one, as Python's `surrogateescape` (PEP 383) has it, and functions of this module open such a path.
package enum PathText {
    private static let codePoints: ClosedRange<UInt32> = 0x10F780...0x10F7FF

    /// What is added to a byte.
    private static let base: UInt32 = 0x10F700

    /// The text of a name.
    package static func text(_ name: [UInt8]) -> String {
        if let text = name.span.validText, !hasBytes(text) { return text }
        var result = String.UnicodeScalarView()
        var position = 0
        while position < name.count {
            let length = name.span.characterLength(at: position)
            if length > 0, let text = name.span.extracting(position..<position + length).validText, !hasBytes(text) {
                result += text.unicodeScalars
            } else {
                for byte in name[position..<position + max(length, 1)] {
                    if let scalar = Unicode.Scalar(base + UInt32(byte)) { result.append(scalar) }
                }
            }
            position += max(length, 1)
        }
        return String(result)
    }

    /// Whether a path has bytes that are not UTF-8.
    package static func hasBytes(_ path: String) -> Bool {
        // The first byte of these code points in UTF-8.
        path.utf8.contains(0xF4) && path.unicodeScalars.contains { codePoints.contains($0.value) }
    }

    /// The path with its bytes read as the characters that a function gives.
    package static func reading(_ path: String, _ character: (UInt8) -> Unicode.Scalar) -> String {
        var result = String.UnicodeScalarView()
        for scalar in path.unicodeScalars {
            result.append(codePoints.contains(scalar.value) ? character(UInt8(scalar.value - base)) : scalar)
        }
        return String(result)
    }

    /// The path as the system knows it, with a NUL at the end; `nil` when it is the text itself.
    static func systemPath(_ path: String) -> [CChar]? {
        guard hasBytes(path) else { return nil }
        var result: [CChar] = []
        for scalar in path.unicodeScalars {
            if codePoints.contains(scalar.value) {
                result.append(CChar(bitPattern: UInt8(scalar.value - base)))
            } else {
                for byte in String(scalar).utf8 { result.append(CChar(bitPattern: byte)) }
            }
        }
        return result + [0]
    }
}
