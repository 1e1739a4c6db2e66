/// How a number is stored in a file: its width and meaning, little-endian.
package enum NumberEncoding: Sendable, Hashable, CaseIterable {
    case float16, bfloat16, float32, float64
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    case bool

    /// The number of bytes of each number.
    package var byteCount: Int {
        switch self {
        case .int8, .uint8, .bool: 1
        case .float16, .bfloat16, .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64: 8
        }
    }

    /// The stored numbers as `Float`: exact for up to 24 significant bits, otherwise rounded to the nearest even.
    ///
    /// - Precondition: The bytes are a whole number of numbers.
    package func floats(in bytes: RawSpan) -> [Float] {
        switch self {
        case .float32: map(bytes, UInt32.self) { Float(bitPattern: $0) }
        case .float16: map(bytes, UInt16.self, Self.widenHalf)
        case .bfloat16: map(bytes, UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
        case .float64: map(bytes, UInt64.self) { Float(Double(bitPattern: $0)) }
        case .int8: map(bytes, Int8.self) { Float($0) }
        case .int16: map(bytes, Int16.self) { Float($0) }
        case .int32: map(bytes, Int32.self) { Float($0) }
        case .int64: map(bytes, Int64.self) { Float($0) }
        case .uint8: map(bytes, UInt8.self) { Float($0) }
        case .uint16: map(bytes, UInt16.self) { Float($0) }
        case .uint32: map(bytes, UInt32.self) { Float($0) }
        case .uint64: map(bytes, UInt64.self) { Float($0) }
        case .bool: map(bytes, UInt8.self) { $0 == 0 ? 0 : 1 }
        }
    }

    /// As ``floats(in:)-(RawSpan)`` for bytes in an array.
    package func floats(in bytes: [UInt8]) -> [Float] { unsafe floats(in: bytes.span.bytes) }

    /// As ``integers(in:)-(RawSpan)`` for bytes in an array.
    package func integers(in bytes: [UInt8]) -> [Int64]? { unsafe integers(in: bytes.span.bytes) }

    /// The stored numbers as integers, or `nil` when the encoding is one of floating point; `uint64` wraps around.
    ///
    /// - Precondition: The bytes are a whole number of numbers.
    package func integers(in bytes: RawSpan) -> [Int64]? {
        switch self {
        case .float16, .bfloat16, .float32, .float64: nil
        case .int8: map(bytes, Int8.self) { Int64($0) }
        case .int16: map(bytes, Int16.self) { Int64($0) }
        case .int32: map(bytes, Int32.self) { Int64($0) }
        case .int64: map(bytes, Int64.self) { $0 }
        case .uint8: map(bytes, UInt8.self) { Int64($0) }
        case .uint16: map(bytes, UInt16.self) { Int64($0) }
        case .uint32: map(bytes, UInt32.self) { Int64($0) }
        case .uint64: map(bytes, UInt64.self) { Int64(bitPattern: $0) }
        case .bool: map(bytes, UInt8.self) { $0 == 0 ? 0 : 1 }
        }
    }

    /// IEEE 754 binary16 to binary32, by placing exponent and fraction and correcting the exponent's bias by a product,
    /// which is exact for subnormal numbers too.
    @inline(__always)
    private static func widenHalf(_ half: UInt16) -> Float {
        let magnitude = UInt32(half & 0x7FFF) << 13
        let special: UInt32 = half & 0x7C00 == 0x7C00 ? 0x7F80_0000 : 0
        let value = (Float(bitPattern: magnitude) * 0x1p112).bitPattern | special
        return Float(bitPattern: value | UInt32(half & 0x8000) << 16)
    }

    /// Converts each stored number; the loop is free of bounds checks so that it runs at the speed of memory.
    @inline(__always)
    private func map<Stored: FixedWidthInteger & BitwiseCopyable, Value: BitwiseCopyable>(
        _ bytes: RawSpan,
        _ type: Stored.Type,
        _ convert: (Stored) -> Value
    ) -> [Value] {
        precondition(bytes.byteCount.isMultiple(of: byteCount), "a whole number of numbers")
        let count = bytes.byteCount / byteCount
        return unsafe bytes.withUnsafeBytes { source in
            unsafe [Value](unsafeUninitializedCapacity: count) { target, filled in
                for index in 0..<count {
                    let stored = unsafe source.loadUnaligned(
                        fromByteOffset: index &* MemoryLayout<Stored>.size,
                        as: Stored.self
                    )
                    unsafe target.initializeElement(at: index, to: convert(Stored(littleEndian: stored)))
                }
                filled = count
            }
        }
    }
}
