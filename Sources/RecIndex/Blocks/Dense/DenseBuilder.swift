internal import RecCore
internal import RecFiles

/// Collects the vectors of all products, in the order of arrival.
struct DenseBuilder: BlockBuilder {
    private let kind: DenseKind
    private var floats: [Float] = []
    private var isPresent: [Bool] = []

    init(_ kind: DenseKind, capacity: Int) {
        self.kind = kind
        floats.reserveCapacity(capacity * kind.dimension)
    }

    func accepts(_ block: Embedding.Block) -> Bool { block.vector != nil }

    mutating func append(_ block: Embedding.Block?) {
        if let vector = block?.vector {
            floats += vector.components
            isPresent.append(true)
        } else {
            floats.append(contentsOf: repeatElement(0, count: kind.dimension))
            isPresent.append(false)
        }
    }

    mutating func build(order: [Int]) -> any StoredBlock {
        reorderRows(order)
        let rows = FloatRows(floats, rowCount: order.count, dimension: kind.dimension)
        floats = []
        return DenseBlock(
            recipe: kind.recipe,
            rows: rows,
            isPresent: NumberArray(order.map { isPresent[$0] ? 1 : 0 })
        )
    }

    /// Moves the rows in place, cycle by cycle, since a second copy of a large catalogue may not fit.
    private mutating func reorderRows(_ order: [Int]) {
        let dimension = kind.dimension
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
