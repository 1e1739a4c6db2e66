/// Numbers that look random and are always the same: SplitMix64 (Steele, Lea and Flood, 2014).
struct SplitMix64: Sendable {
    /// What the next number is made of.
    var state: UInt64

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// A number between -1 and 1.
    mutating func centered() -> Float { Float(Int64(bitPattern: next()) >> 40) * 0x1p-23 }
}
