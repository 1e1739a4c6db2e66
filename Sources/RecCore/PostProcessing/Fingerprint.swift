/// A fingerprint of bytes, 64 bits of FNV-1a (Fowler, Noll and Vo): tells things apart that differ by chance, not by
/// malice.
struct Fingerprint: CustomStringConvertible {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }

    mutating func add(_ numbers: [Float]) {
        for number in numbers {
            let bits = number.bitPattern
            for shift in stride(from: 0, to: 32, by: 8) {
                value = (value ^ UInt64(truncatingIfNeeded: bits >> UInt32(shift) & 0xFF)) &* 0x100_0000_01B3
            }
        }
    }

    /// Adds the numbers of a transform.
    mutating func add(_ power: Double, _ mean: [Float]?, _ matrix: [[Float]]?) {
        add("\(power) \(mean?.count ?? 0) \(matrix?.count ?? 0)".utf8)
        if let mean { add(mean) }
        for row in matrix ?? [] { add(row) }
    }

    /// The value as 16 hexadecimal digits.
    var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
