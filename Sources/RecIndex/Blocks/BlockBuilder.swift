internal import RecCore
internal import RecFiles

/// Collects one block of all products, in the order of arrival.
struct BlockBuilder: Sendable {
    private let kind: EmbeddingSpace.Kind
    private var floats: [Float] = []
    private var isPresent: [Bool] = []
    private var codes: [AttributeCodes?] = []

    init(_ kind: EmbeddingSpace.Kind, capacity: Int) {
        self.kind = kind
        switch kind {
        case .dense(let dimension, _): floats.reserveCapacity(capacity * dimension)
        case .oneHot: codes.reserveCapacity(capacity)
        }
    }

    /// Adds the block of one product.
    ///
    /// - Precondition: The block fits the space.
    mutating func append(_ block: Embedding.Block?) {
        switch (kind, block) {
        case (.dense, .dense(let vector)):
            floats += vector.components
            isPresent.append(true)
        case (.dense(let dimension, _), _):
            floats.append(contentsOf: repeatElement(0, count: dimension))
            isPresent.append(false)
        case (.oneHot, .oneHot(let given)):
            codes.append(given)
        case (.oneHot, _):
            codes.append(nil)
        }
    }

    /// Makes the block with its rows in another order, giving up what was collected.
    ///
    /// `order` holds, for each row of the result, the position at which it was added.
    mutating func build(order: [Int]) -> StoredBlock {
        switch kind {
        case .dense(let dimension, let recipe):
            reorderRows(dimension: dimension, order: order)
            let rows = FloatRows(floats, rowCount: order.count, dimension: dimension)
            floats = []
            return .dense(
                DenseBlock(recipe: recipe, rows: rows, isPresent: NumberArray(order.map { isPresent[$0] ? 1 : 0 }))
            )
        case .oneHot(let space):
            var patterns: [AttributeCodes] = []
            var numbers: [[UInt32]: UInt32] = [:]
            let patternOfRow = order.map { position in
                guard let code = codes[position] else { return OneHotBlock.missing }
                if let number = numbers[code.columns] { return number }
                let number = UInt32(patterns.count)
                numbers[code.columns] = number
                patterns.append(code)
                return number
            }
            return .oneHot(OneHotBlock(space: space, patterns: patterns, patternOfRow: NumberArray(patternOfRow)))
        }
    }

    /// Moves the rows in place, cycle by cycle, since a second copy of a large catalogue may not fit.
    private mutating func reorderRows(dimension: Int, order: [Int]) {
        var isPlaced = [Bool](repeating: false, count: order.count)
        for start in order.indices where !isPlaced[start] && order[start] != start {
            let first = Array(floats[start * dimension..<(start + 1) * dimension])
            var target = start
            while true {
                isPlaced[target] = true
                let source = order[target]
                guard source != start else { break }
                for offset in 0..<dimension {
                    floats[target * dimension + offset] = floats[source * dimension + offset]
                }
                target = source
            }
            for offset in 0..<dimension { floats[target * dimension + offset] = first[offset] }
        }
    }
}
