/// 4-bit codes; `rec_graph` in CRecKernels says how they are laid out and what they stand for.
package enum FourBitCodes {
    /// The code of the interval that a value lies in, of 16 from -8 to 8.
    private static func code(_ value: Float) -> UInt8 { UInt8(min(max(value + 8, 0), 15)) }

    /// Encodes values so that 15 is about the greatest magnitude of them.
    ///
    /// - Parameters:
    ///   - count: The number of values.
    ///   - target: Bytes that are zero.
    ///   - start: The first of these bytes.
    ///   - place: The place of a value among the codes.
    ///   - value: The value at a position; none is infinite or no number.
    /// - Returns: The factor that turns products with the codes into products with the values: <values, values> /
    ///   <values, codes>, and 0 where all are zero.
    package static func encode(
        _ count: Int,
        into target: inout MutableSpan<UInt8>,
        at start: Int,
        place: (Int) -> Int = { $0 },
        _ value: (Int) -> Float
    ) -> Float {
        var greatest: Float = 0
        for position in 0..<count { greatest = max(greatest, abs(value(position))) }
        guard greatest > 1e-30 else { return 0 }
        var (square, product) = (0.0, 0.0)
        for position in 0..<count {
            let value = value(position)
            let code = code(value * (8 / greatest))
            let (byte, isHigh) = byte(of: place(position))
            target[start + byte] |= isHigh ? code << 4 : code
            square += Double(value) * Double(value)
            product += Double(value) * Double(2 * Int(code) - 15)
        }
        return Float(square / product)
    }

    /// What the code at a place stands for.
    package static func value(_ bytes: Span<UInt8>, at start: Int, place: Int) -> Int8 {
        let (byte, isHigh) = byte(of: place)
        let both = bytes[start + byte]
        return 2 * Int8(isHigh ? both >> 4 : both & 15) - 15
    }

    private static func byte(of place: Int) -> (byte: Int, isHigh: Bool) {
        let (line, inside) = place.quotientAndRemainder(dividingBy: 2 * GraphShape.line)
        return (line * GraphShape.line + inside % GraphShape.line, inside >= GraphShape.line)
    }
}
