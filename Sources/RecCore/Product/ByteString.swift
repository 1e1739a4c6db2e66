/// A text that equals another only when both have the same Unicode code points.
///
/// Swift holds texts equal that Unicode calls canonically equivalent, such as "é" as one code point and as two. Values
/// of a shop's data are different as they are in its database and in its file system.
package struct ByteString: Sendable, Hashable, Comparable {
    /// The text.
    package let text: String

    /// Wraps a text.
    package init(_ text: String) {
        self.text = text
    }

    package static func == (lhs: ByteString, rhs: ByteString) -> Bool {
        // The comparison of the standard library is faster than that of the bytes, and never misses equal ones.
        lhs.text == rhs.text && lhs.text.utf8.elementsEqual(rhs.text.utf8)
    }

    package static func < (lhs: ByteString, rhs: ByteString) -> Bool {
        lhs.text.utf8.lexicographicallyPrecedes(rhs.text.utf8)
    }

    /// Feeds the bytes, eight at a time, so that equivalent texts do not share a hash.
    package func hash(into hasher: inout Hasher) {
        var word: UInt64 = 0
        var count = 0
        for byte in text.utf8 {
            word = word << 8 | UInt64(byte)
            count += 1
            if count.isMultiple(of: 8) { hasher.combine(word) }
        }
        hasher.combine(word)
        hasher.combine(count)
    }
}

/// Texts that equal others only when they have the same code points in the same order.
struct ByteStrings: Sendable, Hashable {
    let texts: [String]

    static func == (lhs: ByteStrings, rhs: ByteStrings) -> Bool {
        lhs.texts.elementsEqual(rhs.texts) { ByteString($0) == ByteString($1) }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(texts.count)
        for text in texts { hasher.combine(ByteString(text)) }
    }
}
