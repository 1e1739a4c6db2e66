internal import RecMath

/// A fingerprint of a transform's numbers, 64 bits of FNV-1a; it does not protect against deliberate collisions.
struct Fingerprint: CustomStringConvertible {
    private let value: UInt64

    init(power: Double, mean: [Float]?, matrix: [[Float]]?) {
        var hash = FNV1a()
        hash.add("\(power) \(mean?.count ?? 0) \(matrix?.count ?? 0)".utf8)
        if let mean { hash.add(mean) }
        for row in matrix ?? [] { hash.add(row) }
        value = hash.value
    }

    /// The value as 16 hexadecimal digits.
    var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
