internal import RecFiles

/// The binary formats of pgvector's types.
enum VectorBytes {
    /// A `vector`.
    static func vector(_ components: [Float]) -> [UInt8] {
        var writer = ByteWriter(capacity: 4 + 4 * components.count)
        writer.write(Int16(components.count).bigEndian)
        writer.write(0 as Int16)
        writer.write(bigEndian: components)
        return writer.bytes
    }

    /// A `halfvec`.
    static func half(_ components: [Float]) -> [UInt8] {
        var writer = ByteWriter(capacity: 4 + 2 * components.count)
        writer.write(Int16(components.count).bigEndian)
        writer.write(0 as Int16)
        writer.write(contentsOf: components.map { half($0).bigEndian })
        return writer.bytes
    }

    /// A `sparsevec`.
    ///
    /// - Precondition: Indices ascend.
    static func sparse(dimension: Int, _ entries: [(index: Int, value: Float)]) -> [UInt8] {
        let entries = entries.filter { $0.value != 0 }
        var writer = ByteWriter(capacity: 12 + 8 * entries.count)
        for number in [dimension, entries.count, 0] { writer.write(Int32(number).bigEndian) }
        for entry in entries { writer.write(Int32(entry.index).bigEndian) }
        for entry in entries { writer.write(entry.value.bitPattern.bigEndian) }
        return writer.bytes
    }

    /// The nearest half of a number between -2048 and 2048; tiny numbers become 0.
    static func half(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        let sign = UInt16(bits >> 16) & 0x8000
        let magnitude = bits & 0x7FFF_FFFF
        // Below the least normal half, 2^-14, the sum with 0.5 rounds to a multiple of 2^-24.
        if magnitude < 0x3880_0000 {
            let rounded = (Float(bitPattern: magnitude) + 0.5).bitPattern &- (0.5 as Float).bitPattern
            return sign | UInt16(truncatingIfNeeded: rounded)
        }
        let even = (magnitude >> 13) & 1
        return sign | UInt16(truncatingIfNeeded: (magnitude &- 0x3800_0000 &+ 0xFFF &+ even) >> 13)
    }
}
