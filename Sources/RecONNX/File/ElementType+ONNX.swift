package import RecNetwork

extension ElementType {
    private static let numbered: [Int: ElementType] = [
        1: .float32, 2: .uint8, 3: .int8, 4: .uint16, 5: .int16, 6: .int32, 7: .int64, 9: .bool, 10: .float16,
        11: .float64, 12: .uint32, 13: .uint64, 16: .bfloat16,
    ]

    /// The element type with a number of ONNX, or `nil` for texts, complex numbers and those of 8 bits and fewer.
    package init?(onnx number: Int) {
        guard let type = Self.numbered[number] else { return nil }
        self = type
    }
}
