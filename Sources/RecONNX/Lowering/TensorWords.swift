internal import RecNetwork

/// Tensors of any element type as the 32-bit words that a network's values are made of.
///
/// Numbers of floating point of 32 bits or fewer take one word, which is the number itself. All others take two: the
/// halves of their 64 bits, the lower one first.
enum TensorWords {
    /// The number of words of a tensor.
    static func count(_ type: TensorType) -> Int { type.count * (type.elementType.isKeptAsFloat ? 1 : 2) }

    /// The words of a tensor.
    static func encode(_ tensor: Tensor) -> [Float] {
        switch tensor.elements {
        case .floats(let values): values
        case .doubles(let values): halves(values.map(\.bitPattern))
        case .integers(let values): halves(values.map { UInt64(bitPattern: $0) })
        }
    }

    /// The tensor of some words, as many as its type needs.
    static func decode(_ words: [Float], _ type: TensorType) -> Tensor {
        if type.elementType.isKeptAsFloat { return Tensor(type: type, elements: .floats(words)) }
        let bits = stride(from: 0, to: words.count, by: 2).map { index in
            UInt64(words[index].bitPattern) | UInt64(words[index + 1].bitPattern) << 32
        }
        return type.elementType == .float64
            ? Tensor(type: type, elements: .doubles(bits.map { Double(bitPattern: $0) }))
            : Tensor(type: type, elements: .integers(bits.map { Int64(bitPattern: $0) }))
    }

    private static func halves(_ bits: [UInt64]) -> [Float] {
        bits.flatMap { [Float(bitPattern: UInt32(truncatingIfNeeded: $0)), Float(bitPattern: UInt32($0 >> 32))] }
    }
}
