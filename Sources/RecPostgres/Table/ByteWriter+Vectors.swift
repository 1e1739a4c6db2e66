internal import RecFiles

/// The binary formats of pgvector's types.
extension ByteWriter {
    /// The bytes that a function writes.
    static func bytes(_ write: (inout ByteWriter) -> Void) -> [UInt8] {
        var writer = ByteWriter()
        write(&writer)
        return writer.bytes
    }

    /// Writes a `vector`.
    mutating func write(vector components: [Float]) {
        write(Int16(components.count).bigEndian)
        write(0 as Int16)
        write(bigEndian: components)
    }

    /// Writes a `halfvec`.
    mutating func write(halfvec components: [Float]) {
        write(Int16(components.count).bigEndian)
        write(0 as Int16)
        write(contentsOf: components.map { Self.half($0).bigEndian })
    }

    /// Writes a `sparsevec` without its zeros.
    ///
    /// - Precondition: Indices ascend.
    mutating func write(sparsevec entries: [(index: Int, value: Float)], dimension: Int) {
        for number in [dimension, entries.count { $0.value != 0 }, 0] { write(Int32(number).bigEndian) }
        for entry in entries where entry.value != 0 { write(Int32(entry.index).bigEndian) }
        for entry in entries where entry.value != 0 { write(entry.value.bitPattern.bigEndian) }
    }

    /// The nearest half of a number between -2048 and 2048; tiny numbers become 0.
    private static func half(_ value: Float) -> UInt16 {
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
