/// A one-hot block stored as codes: the numbers of the columns that hold a one, instead of hundreds of floats.
///
/// As a vector, an attribute *a* with *m* of its columns set contributes `sqrt(weight_a / m)` in each of them. The
/// vector is scaled to unit length over the attributes that are present. So three tags do not outweigh one, and an
/// attribute that is missing on either side matches nothing.
public struct AttributeCodes: Sendable, Hashable {
    /// The space the columns are numbered in.
    public let space: AttributeSpace

    /// The columns that hold a one, strictly ascending.
    public let columns: [UInt32]

    /// Creates a block from columns.
    ///
    /// - Throws: ``RecError`` with code `dimensionMismatch` when the columns do not ascend strictly or one lies
    ///   outside `space`; with code `invalidVector` when none is set in an attribute of positive weight, since such a
    ///   block has no direction.
    /// - Complexity: O(number of set columns)
    public init(columns: [UInt32], space: AttributeSpace) throws(RecError) {
        guard zip(columns, columns.dropFirst()).allSatisfy({ $0 < $1 }), columns.last.map({ $0 < space.width }) ?? true
        else {
            throw RecError(
                .dimensionMismatch,
                "Columns must ascend and lie below \(space.width), the width of the space."
            )
        }
        let attributes = space.attributes
        let owner = space.attributeOfColumn
        guard columns.contains(where: { attributes[owner[Int($0)]].weight > 0 }) else {
            throw RecError(.invalidVector, "No attribute with a weight is present, so the block has no direction.")
        }
        self.columns = columns
        self.space = space
    }

    /// The non-zero components of the unit vector, one for each of ``columns``.
    ///
    /// - Complexity: O(number of set columns)
    package var components: [Float] {
        let runs = runs
        let total = runs.reduce(0.0) { $0 + $1.weight }
        return runs.flatMap { run in
            repeatElement(Float((run.weight / Double(run.count) / total).squareRoot()), count: run.count)
        }
    }

    /// The attributes that are present, in column order: the weight of each, and how many of its columns are set.
    package var runs: [(weight: Double, count: Int)] { runs(weights: space.weights(replacing: [:])) }

    /// The attributes that are present with other weights, one for each attribute of the space.
    package func runs(weights: [Double]) -> [(weight: Double, count: Int)] {
        columnCounts.map { (weights[$0.attribute], $0.count) }
    }

    /// The attributes that are present, by position in the space, in column order, and how many columns of each are set.
    package var columnCounts: [(attribute: Int, count: Int)] {
        let owner = space.attributeOfColumn
        // Columns ascend, so the columns of one attribute are neighbours.
        var counts: [(attribute: Int, count: Int)] = []
        for column in columns {
            let attribute = owner[Int(column)]
            if counts.last?.attribute == attribute {
                counts[counts.count - 1].count += 1
            } else {
                counts.append((attribute, 1))
            }
        }
        return counts
    }

    /// The unit vector written out: as many floats as the space has columns, zero where no column is set.
    package var dense: [Float] {
        var result = [Float](repeating: 0, count: space.width)
        for (column, value) in zip(columns, components) { result[Int(column)] = value }
        return result
    }
}
