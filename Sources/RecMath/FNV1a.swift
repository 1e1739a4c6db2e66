/// 64 bits of FNV-1a (Fowler, Noll and Vo): a hash that is the same on every machine, and no secret from anybody.
package struct FNV1a: Sendable {
    /// The hash of the bytes so far.
    package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    package init() {}

    /// Adds some bytes.
    package mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
    }

    /// Adds numbers as the bytes of their bit patterns, little-endian.
    package mutating func add(_ numbers: [Float]) {
        for number in numbers {
            let bits = number.bitPattern
            for shift in stride(from: 0, to: 32 as UInt32, by: 8) { add(UInt8(truncatingIfNeeded: bits >> shift)) }
        }
    }

    private mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }
}
