/// Many strings in one stretch of UTF-8, so that a catalogue takes a few allocations instead of one for each text.
struct StringTable: Sendable {
    /// Where each string ends in `bytes`; a string begins where the one before it ends.
    private(set) var ends: [UInt64] = []

    /// The UTF-8 of all strings, one after another.
    private(set) var bytes: [UInt8] = []

    init() {}

    init(_ strings: some Sequence<String>) {
        for string in strings { append(string) }
    }

    /// Creates a table from its parts, or gives `nil` when they do not make one.
    init?(ends: [UInt64], bytes: [UInt8]) {
        guard ends.last ?? 0 == bytes.count, String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var start: UInt64 = 0
        for end in ends {
            guard end >= start, end <= bytes.count else { return nil }
            // A string must not begin within a character: such a byte is 0b10xxxxxx.
            if end < bytes.count, bytes[Int(end)] & 0xC0 == 0x80 { return nil }
            start = end
        }
        self.ends = ends
        self.bytes = bytes
    }

    var count: Int { ends.count }

    subscript(index: Int) -> String {
        String(decoding: bytes[range(of: index)], as: UTF8.self)
    }

    mutating func append(_ string: String) {
        bytes.append(contentsOf: string.utf8)
        ends.append(UInt64(bytes.count))
    }

    /// Whether every string is greater than the one before it, by code points.
    var isStrictlyAscending: Bool {
        (1..<max(count, 1)).allSatisfy { index in
            bytes[range(of: index - 1)].lexicographicallyPrecedes(bytes[range(of: index)])
        }
    }

    /// Whether a string comes before one of another table, by code points.
    func precedes(_ index: Int, _ other: StringTable, _ otherIndex: Int) -> Bool {
        bytes[range(of: index)].lexicographicallyPrecedes(other.bytes[other.range(of: otherIndex)])
    }

    /// Adds a string of another table.
    mutating func append(_ index: Int, of other: StringTable) {
        bytes.append(contentsOf: other.bytes[other.range(of: index)])
        ends.append(UInt64(bytes.count))
    }

    /// The position of a string with these code points.
    ///
    /// - Precondition: The strings ascend strictly.
    /// - Complexity: O(log *n*)
    func sortedIndex(of string: String) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let isBefore = bytes[range(of: middle)].lexicographicallyPrecedes(string.utf8)
            if isBefore { low = middle + 1 } else { high = middle }
        }
        return low < count && bytes[range(of: low)].elementsEqual(string.utf8) ? low : nil
    }

    private func range(of index: Int) -> Range<Int> {
        Int(index == 0 ? 0 : ends[index - 1])..<Int(ends[index])
    }
}
