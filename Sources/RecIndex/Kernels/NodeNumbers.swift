internal import CRecKernels

/// The numbers at the end of a node's record.
package struct NodeNumbers: Sendable, Hashable {
    /// <mean, x>.
    package let offset: Float
    /// The norm of what the directions leave of x - mean.
    package let tail: Float
    /// What a product with the node's codes is multiplied by.
    package let factor: Float

    private static let (tailUnit, factorUnit): (Float, Float) = (0x1p-15, 0x1p-18)

    /// The numbers as a record keeps them.
    package init(offset: Float, tail: Float, factor: Float) {
        self.offset = offset
        self.tail = Self.rounded(tail, Self.tailUnit).value
        self.factor = Self.rounded(factor, Self.factorUnit).value
    }

    /// Reads the end of a record.
    package init(_ record: Span<UInt8>) {
        let start = record.count - Int(REC_NODE_NUMBERS)
        let record = unsafe record.bytes
        offset = unsafe record.unsafeLoadUnaligned(fromByteOffset: start, as: Float.self)
        tail = Self.tailUnit * Float(unsafe record.unsafeLoadUnaligned(fromByteOffset: start + 4, as: UInt16.self))
        factor = Self.factorUnit * Float(unsafe record.unsafeLoadUnaligned(fromByteOffset: start + 6, as: UInt16.self))
    }

    /// Writes them to the end of a record.
    package func put(behind end: Int, _ target: inout MutableSpan<UInt8>) {
        let integers = Self.rounded(tail, Self.tailUnit).integer | Self.rounded(factor, Self.factorUnit).integer << 16
        for (number, bits) in [offset.bitPattern, integers].enumerated() {
            for byte in 0..<4 {
                let place = end - Int(REC_NODE_NUMBERS) + 4 * number + byte
                target[place] = UInt8(truncatingIfNeeded: bits >> (8 * UInt32(byte)))
            }
        }
    }

    private static func rounded(_ number: Float, _ unit: Float) -> (integer: UInt32, value: Float) {
        let value = min(max((number / unit).rounded(), 0), 65535)
        return (UInt32(value), value * unit)
    }
}
