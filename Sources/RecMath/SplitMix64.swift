/// Random numbers that are the same for the same seed on every machine: SplitMix64 (Steele, Lea and Flood, 2014).
///
/// Usable from inline code, since the compiler specialises generic code of another module only then.
@usableFromInline
package struct SplitMix64: RandomNumberGenerator, Sendable {
    @usableFromInline
    package var state: UInt64

    /// Creates a generator.
    @inlinable
    package init(seed: UInt64) {
        state = seed
    }

    /// The next 64 random bits.
    @inlinable
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// A number from 0 to below `bound`: the upper half of a product of 128 bits, whose bias is below `bound` / 2^64.
    @inlinable
    package mutating func next(below bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number between -1 and 1.
    @inlinable
    package mutating func centered() -> Float { Float(Int64(bitPattern: next()) >> 40) * 0x1p-23 }
}
