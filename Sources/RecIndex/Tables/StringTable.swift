internal import RecFiles

/// Many strings in one stretch of UTF-8, so that a catalogue takes a few allocations instead of one for each text.
struct StringTable: Sendable {
    /// Where each string ends in `bytes`; a string begins where the one before it ends.
    let ends: NumberArray<UInt64>

    /// The UTF-8 of all strings, one after another.
    let bytes: NumberArray<UInt8>

    init(_ strings: some Sequence<String>) {
        var builder = Builder()
        for string in strings { builder.append(string) }
        self = builder.table
    }

    private init(ends: [UInt64], bytes: [UInt8]) {
        self.ends = NumberArray(ends)
        self.bytes = NumberArray(bytes)
    }

    /// Creates a table from its parts, or gives `nil` when they do not make one.
    ///
    /// - Complexity: O(number of bytes)
    init?(ends: NumberArray<UInt64>, bytes: NumberArray<UInt8>) {
        let isConsistent = bytes.withSpan { bytes in
            ends.withSpan { ends in
                var start: UInt64 = 0
                for index in ends.indices {
                    let end = ends[index]
                    guard end >= start, end <= bytes.count else { return false }
                    // A string must not begin within a character: such a byte is 0b10xxxxxx.
                    if end < bytes.count, bytes[Int(end)] & 0xC0 == 0x80 { return false }
                    start = end
                }
                return start == bytes.count
            }
        }
        guard isConsistent, bytes.isUTF8 else { return nil }
        self.ends = ends
        self.bytes = bytes
    }

    var count: Int { ends.count }

    subscript(index: Int) -> String {
        bytes.withSpan(range(of: index)) { $0.text }
    }

    /// Some of the strings.
    ///
    /// What lies apart is read in loops of its own, so that waits for memory overlap.
    func strings(at positions: some Collection<Int>) -> [String] {
        let ranges = ends.withSpan { ends in
            positions.map { Int($0 == 0 ? 0 : ends[$0 - 1])..<Int(ends[$0]) }
        }
        var joined: [UInt8] = []
        joined.reserveCapacity(ranges.reduce(0) { $0 + $1.count })
        bytes.withSpan { bytes in
            for range in ranges {
                for position in range { joined.append(bytes[position]) }
            }
        }
        var start = 0
        return ranges.map { range in
            defer { start += range.count }
            return joined.span.extracting(start..<start + range.count).text
        }
    }

    /// Whether every string is greater than the one before it, by code points.
    var isStrictlyAscending: Bool {
        bytes.withSpan { bytes in
            ends.withSpan { ends in
                var first = 0
                var second = ends.isEmpty ? 0 : Int(ends[0])
                for index in ends.indices.dropFirst() {
                    let end = Int(ends[index])
                    guard bytes.extracting(first..<second).precedes(bytes.extracting(second..<end)) else {
                        return false
                    }
                    (first, second) = (second, end)
                }
                return true
            }
        }
    }

    /// Whether a string comes before one of another table, by code points.
    func precedes(_ index: Int, _ other: StringTable, _ otherIndex: Int) -> Bool {
        bytes.withSpan(range(of: index)) { first in
            other.bytes.withSpan(other.range(of: otherIndex)) { second in first.precedes(second) }
        }
    }

    /// The position of a string with these code points.
    ///
    /// - Precondition: The strings ascend strictly.
    /// - Complexity: O(log *n*)
    func sortedIndex(of string: String) -> Int? {
        let wanted = Array(string.utf8)
        return bytes.withSpan { bytes in
            ends.withSpan { ends in
                func range(of index: Int) -> Range<Int> { Int(index == 0 ? 0 : ends[index - 1])..<Int(ends[index]) }
                var low = 0
                var high = ends.count
                while low < high {
                    let middle = (low + high) / 2
                    let isBefore = bytes.extracting(range(of: middle)).precedes(wanted.span)
                    if isBefore { low = middle + 1 } else { high = middle }
                }
                guard low < ends.count else { return nil }
                let found = bytes.extracting(range(of: low))
                return found.count == wanted.count && !wanted.span.precedes(found) ? low : nil
            }
        }
    }

    fileprivate func range(of index: Int) -> Range<Int> {
        Int(index == 0 ? 0 : ends[index - 1])..<Int(ends[index])
    }
}

extension StringTable {
    /// Collects the strings of a table.
    struct Builder {
        private var ends: [UInt64] = []
        private var bytes: [UInt8] = []

        /// The number of strings so far.
        var count: Int { ends.count }

        /// The strings so far.
        var table: StringTable { StringTable(ends: ends, bytes: bytes) }

        mutating func append(_ string: String) {
            bytes.append(contentsOf: string.utf8)
            ends.append(UInt64(bytes.count))
        }

        /// Adds a string of a table.
        mutating func append(_ index: Int, of other: StringTable) {
            other.bytes.withSpan(other.range(of: index)) { string in
                for position in string.indices { bytes.append(string[position]) }
            }
            ends.append(UInt64(bytes.count))
        }
    }
}
