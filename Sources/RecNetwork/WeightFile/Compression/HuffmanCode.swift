/// A canonical prefix code: the symbols in the order of their codes, and how many codes there are of each length.
struct HuffmanCode: Sendable {
    /// The number of codes of each length from 0 to 15; that of length 0 is not used.
    let counts: [Int]
    /// The symbols, ordered by length of code, then by value.
    let symbols: [Int]

    /// Makes the code of lengths for symbols 0, 1, 2...; 0 means that a symbol does not occur.
    ///
    /// - Returns: `nil` when there are more codes than the lengths leave room for.
    init?(_ lengths: some Collection<UInt8>) {
        self.init(unchecked: Array(lengths))
        var room = 1
        for count in counts.dropFirst() {
            room = room * 2 - count
            if room < 0 { return nil }
        }
    }

    /// Makes the code of lengths that are known to be right.
    init(unchecked lengths: [UInt8]) {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths where length > 0 { counts[Int(length)] += 1 }
        self.counts = counts
        symbols = (1...15).flatMap { length in lengths.indices.filter { lengths[$0] == length } }
    }
}
