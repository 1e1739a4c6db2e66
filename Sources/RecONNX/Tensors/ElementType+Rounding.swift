internal import RecFiles
package import RecNetwork

extension ElementType {
    /// Whether the elements are of floating point.
    package var isFloatingPoint: Bool {
        self == .float32 || self == .float64 || self == .float16 || self == .bfloat16
    }

    /// Whether a ``Tensor`` keeps the elements as `Float`: those of floating point, other than `float64`.
    package var isKeptAsFloat: Bool { isFloatingPoint && self != .float64 }

    /// The nearest number that this type of floating point holds, other than `float64`.
    func rounded(_ value: Double) -> Float {
        if self == .float32 { return Float(value) }
        if self == .float16 { return Self.roundedToHalf(value) }
        return Self.roundedToUpperHalf(value)
    }

    /// The integer that a number becomes: truncated, then wrapped around to the width of this type.
    ///
    /// What is not a number, or lies beyond 64 bits, becomes the least `Int64` before it wraps, as on x86-64.
    func wrapped(_ value: Double) -> Int64 {
        if self == .bool { return value == 0 ? 0 : 1 }
        let whole = value.rounded(.towardZero)
        if self == .uint64, whole >= 0x1p63, whole < 0x1p64 { return Int64(bitPattern: UInt64(whole)) }
        guard let integer = Int64(exactly: whole) else { return wrapped(Int64.min) }
        return wrapped(integer)
    }

    /// An integer wrapped around to the width of this type.
    func wrapped(_ value: Int64) -> Int64 {
        switch encoding {
        case .int8: Int64(Int8(truncatingIfNeeded: value))
        case .int16: Int64(Int16(truncatingIfNeeded: value))
        case .int32: Int64(Int32(truncatingIfNeeded: value))
        case .uint8: Int64(UInt8(truncatingIfNeeded: value))
        case .uint16: Int64(UInt16(truncatingIfNeeded: value))
        case .uint32: Int64(UInt32(truncatingIfNeeded: value))
        case .bool: value == 0 ? 0 : 1
        default: value
        }
    }

    /// The nearest binary16, ties to even.
    private static func roundedToHalf(_ value: Double) -> Float {
        guard value.isFinite, value != 0 else { return Float(value) }
        // The unit in the last place of a binary16 of this exponent; numbers below 2^-14 are subnormal.
        let exponent = max(Int(value.exponent), -14) - 10
        let scaled = (value * Double(sign: .plus, exponent: -exponent, significand: 1)).rounded(.toNearestOrEven)
        let result = scaled * Double(sign: .plus, exponent: exponent, significand: 1)
        return abs(result) > 65504 ? (value < 0 ? -.infinity : .infinity) : Float(result)
    }

    /// The nearest bfloat16, ties to even.
    private static func roundedToUpperHalf(_ value: Double) -> Float {
        let bits = Float(value).bitPattern
        guard Float(value).isFinite else { return Float(value) }
        let rounded = bits &+ 0x7FFF &+ (bits >> 16 & 1)
        return Float(bitPattern: rounded & 0xFFFF_0000)
    }
}
