extension Span<UInt8> {
    /// The number of four bytes at a position, most significant byte first.
    func uint32(at position: Int) -> Int { uint16(at: position) << 16 | uint16(at: position + 2) }

    /// The number of two bytes at a position, most significant byte first.
    func uint16(at position: Int) -> Int { Int(self[position]) << 8 | Int(self[position + 1]) }
}
