package import RecFiles

/// The element type of a tensor in a weight file.
package struct ElementType: Sendable, Hashable, CustomStringConvertible {
    /// The meaning of the bytes.
    package let encoding: NumberEncoding

    /// The name as safetensors spells it: "F32", "BF16", "I64".
    package let description: String

    /// IEEE 754 binary16.
    package static let float16 = ElementType(encoding: .float16, description: "F16")
    /// The upper half of an IEEE 754 binary32.
    package static let bfloat16 = ElementType(encoding: .bfloat16, description: "BF16")
    /// IEEE 754 binary32.
    package static let float32 = ElementType(encoding: .float32, description: "F32")
    /// IEEE 754 binary64.
    package static let float64 = ElementType(encoding: .float64, description: "F64")
    /// Signed, 8 bits.
    package static let int8 = ElementType(encoding: .int8, description: "I8")
    /// Signed, 16 bits.
    package static let int16 = ElementType(encoding: .int16, description: "I16")
    /// Signed, 32 bits.
    package static let int32 = ElementType(encoding: .int32, description: "I32")
    /// Signed, 64 bits.
    package static let int64 = ElementType(encoding: .int64, description: "I64")
    /// Unsigned, 8 bits.
    package static let uint8 = ElementType(encoding: .uint8, description: "U8")
    /// Unsigned, 16 bits.
    package static let uint16 = ElementType(encoding: .uint16, description: "U16")
    /// Unsigned, 32 bits.
    package static let uint32 = ElementType(encoding: .uint32, description: "U32")
    /// Unsigned, 64 bits.
    package static let uint64 = ElementType(encoding: .uint64, description: "U64")
    /// One byte, true unless 0.
    package static let bool = ElementType(encoding: .bool, description: "BOOL")

    /// Every element type.
    package static let all: [ElementType] = [
        float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool,
    ]

    /// The number of bytes of each element.
    package var byteCount: Int { encoding.byteCount }
}
