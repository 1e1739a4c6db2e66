extension Span<UInt8> {
    /// A number of four bytes, the highest first.
    func number(at position: Int) -> Int {
        (position..<position + 4).reduce(0) { $0 << 8 | Int(self[$1]) }
    }

    /// A number of two bytes, the highest first.
    func shortNumber(at position: Int) -> Int { Int(self[position]) << 8 | Int(self[position + 1]) }

    /// A copy.
    var array: [UInt8] { indices.map { self[$0] } }
}
