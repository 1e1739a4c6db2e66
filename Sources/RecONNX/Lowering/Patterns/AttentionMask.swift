internal import RecNetwork

/// What attention adds to its scores: one matrix of queries x keys, or one for each head.
struct AttentionMask {
    private(set) var values: [Float]
    private let queries: Int
    private let keys: Int

    /// A mask of zeros.
    init(queries: Int, keys: Int) {
        values = [Float](repeating: 0, count: queries * keys)
        self.queries = queries
        self.keys = keys
    }

    /// Spreads a constant over the scores; where truths stand, false excludes the key.
    ///
    /// `nil` when the shapes differ.
    init?(_ tensor: Tensor, heads: Int, queries: Int, keys: Int) {
        let shape = tensor.shape
        guard let width = shape.last, width == keys, shape.dropLast(3).allSatisfy({ $0 == 1 }) else { return nil }
        let inner = Array(shape.suffix(3))
        let hasHeads = inner.count == 3 && inner[0] > 1
        let full = (hasHeads ? [heads] : []) + [queries, keys]
        let own = hasHeads ? inner : Array(inner.suffix(2))
        guard zip(own.reversed(), full.reversed()).allSatisfy({ $0 == 1 || $0 == $1 }) else { return nil }
        let numbers = tensor.doubles
        let isTruth = tensor.elementType == .bool
        values = Indices.walk(full, strides: Indices.broadcastStrides(own, to: full)).map { place in
            isTruth ? (numbers[place] == 0 ? -.infinity : 0) : Float(numbers[place])
        }
        self.queries = queries
        self.keys = keys
    }

    /// The mask with the keys behind each query excluded.
    func causal() -> AttentionMask {
        var result = self
        for place in values.indices where place % keys > place / keys % queries { result.values[place] = -.infinity }
        return result
    }

    /// Whether each query keeps at least one key.
    var leavesKeys: Bool {
        stride(from: 0, to: values.count, by: keys).allSatisfy { row in
            values[row..<row + keys].contains { $0 > -.infinity }
        }
    }
}
