/// A flag for each row, a bit each, so that a copy of those of a million rows takes 125 KB.
package struct RowFlags: Sendable, Equatable {
    /// The number of rows.
    package let count: Int

    /// The flags, 64 rows a number, least significant bit first; bits past the last row are 0.
    private(set) var words: [UInt64]

    /// The same flag for all rows.
    package init(repeating flag: Bool, count: Int) {
        self.count = count
        words = [UInt64](repeating: flag ? .max : 0, count: (count + 63) / 64)
        if flag, count % 64 != 0 { words[words.count - 1] = (1 << UInt64(count % 64)) - 1 }
    }

    /// The flags of an array, one for each row.
    package init(_ flags: [Bool]) {
        count = flags.count
        words = stride(from: 0, to: flags.count, by: 64).map { start in
            var word: UInt64 = 0
            // Without a branch, which would be guessed wrong for every other row.
            for row in start..<min(start + 64, flags.count) { word |= (flags[row] ? 1 : 0) << (row - start) }
            return word
        }
    }

    /// The flags that bytes were made of.
    ///
    /// - Precondition: There are (count + 7) / 8 bytes.
    init(bytes: [UInt8], count: Int) {
        precondition(bytes.count == (count + 7) / 8, "a bit for each row")
        self.init(repeating: false, count: count)
        for row in 0..<count where bytes[row / 8] >> UInt8(row % 8) & 1 == 1 { self[row] = true }
    }

    /// The flags in (count + 7) / 8 bytes, least significant bit first.
    var bytes: [UInt8] {
        (0..<(count + 7) / 8).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64($0 % 8 * 8)) }
    }

    subscript(row: Int) -> Bool {
        get { words[row / 64] >> UInt64(row % 64) & 1 == 1 }
        set {
            let bit: UInt64 = 1 << UInt64(row % 64)
            if newValue { words[row / 64] |= bit } else { words[row / 64] &= ~bit }
        }
    }

    /// The number of flags that are set.
    ///
    /// - Complexity: O(number of rows / 64)
    var setCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Keeps what is set in other flags of the same rows as well.
    mutating func formIntersection(_ other: RowFlags) {
        precondition(other.count == count, "flags of the same rows")
        for word in words.indices { words[word] &= other.words[word] }
    }

    /// The first row from `start` on that has this flag, or `end` when none before that has.
    func first(_ flag: Bool, from start: Int, before end: Int) -> Int {
        var row = start
        while row < end {
            let word = (flag ? words[row / 64] : ~words[row / 64]) >> UInt64(row % 64)
            if word != 0 { return min(row + word.trailingZeroBitCount, end) }
            row += 64 - row % 64
        }
        return end
    }
}
