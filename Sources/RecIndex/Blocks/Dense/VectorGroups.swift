package import RecFiles

/// The rows of a matrix of few columns in groups of close vectors.
///
/// Rows are halved by the column in which they differ most, up to ``depth`` times. A group lies in a cylinder: x = t a + y
/// with an axis a, y at right angles to it, t from `least` to `greatest` and |y| up to `radius`. So with q = s a + z
///
///     <q, x> = t s + <z, y> <= max(least * s, greatest * s) + radius * |z|
///
/// The rounding error of either side, below 1e-6, is added.
package struct VectorGroups: Sendable {
    /// The groups of the rows.
    package let rows: RowGroups

    private let dimension: Int
    /// One for each group.
    private let cylinders: [Cylinder]

    /// How often rows are halved.
    private static let depth = 6

    /// Rows from which the middle of a column is estimated.
    private static let sample = 1024

    private struct Cylinder {
        var axis: [Double]
        var least = Double.infinity
        var greatest = -Double.infinity
        var radius = 0.0
    }

    /// - Precondition: There is a flag for each row; rows that are there have a length of about 1.
    /// - Complexity: O(rows * columns)
    package init(_ matrix: FloatRows, isPresent: NumberArray<UInt8>) {
        dimension = matrix.dimension
        var groups = [UInt32](repeating: RowGroups.missing, count: matrix.rowCount)
        let empty = Cylinder(axis: [Double](repeating: 0, count: dimension))
        var cylinders = [Cylinder](repeating: empty, count: 1 << Self.depth)
        matrix.withRows(0..<matrix.rowCount) { values in
            var order = groups.indices.filter { isPresent[$0] == 1 }
            var parts = order.isEmpty ? [] : [(range: 0..<order.count, number: 0)]
            for _ in 0..<Self.depth {
                parts = parts.flatMap { part in
                    let middle = Self.divide(&order, part.range, values, matrix.dimension)
                    let left = (part.range.lowerBound..<middle, 2 * part.number)
                    let right = (middle..<part.range.upperBound, 2 * part.number + 1)
                    return [left, right].filter { !$0.0.isEmpty }
                }
            }
            for part in parts {
                for row in order[part.range] { groups[row] = UInt32(part.number) }
                cylinders[part.number] = Self.cylinder(order[part.range], values, matrix.dimension)
            }
        }
        self.cylinders = cylinders
        rows = RowGroups(groupOfRow: NumberArray(groups), count: cylinders.count, halvings: Self.depth)
    }

    /// For each group, an upper bound of the dot products of a vector with its rows, at most 1.
    ///
    /// - Precondition: The vector has a length of about 1.
    package func bounds(of query: [Float]) -> [Double] {
        let query = query.map { Double($0) }
        let square = query.reduce(0) { $0 + $1 * $1 }
        return cylinders.map { cylinder in
            var along = 0.0
            for place in query.indices { along += query[place] * cylinder.axis[place] }
            let outside = max(square - along * along, 0).squareRoot()
            let bound = max(cylinder.least * along, cylinder.greatest * along) + cylinder.radius * outside
            // An empty group has no rows.
            return cylinder.least > cylinder.greatest ? -1 : min(max(bound + 2e-6, -1), 1)
        }
    }

    /// Puts rows that are low in the column in which they differ most before the others; returns the start of the
    /// others.
    ///
    /// All are low when all are the same.
    private static func divide(_ order: inout [Int], _ range: Range<Int>, _ values: Span<Float>, _ columns: Int) -> Int
    {
        var column = 0
        var (low, high) = (Float(0), Float(0))
        for place in 0..<columns {
            var (least, greatest) = (Float.infinity, -Float.infinity)
            for row in order[range] {
                least = min(least, values[row * columns + place])
                greatest = max(greatest, values[row * columns + place])
            }
            if greatest - least > high - low { (column, low, high) = (place, least, greatest) }
        }
        guard low < high else { return range.upperBound }
        let step = max(1, range.count / sample)
        let some = stride(from: range.lowerBound, to: range.upperBound, by: step).map {
            values[order[$0] * columns + column]
        }.sorted()
        let middle = some[some.count / 2]
        // Both parts get at least one row.
        var places = (first: range.lowerBound, last: range.upperBound - 1)
        while places.first <= places.last {
            let value = values[order[places.first] * columns + column]
            if middle < high ? value <= middle : value < middle {
                places.first += 1
            } else {
                order.swapAt(places.first, places.last)
                places.last -= 1
            }
        }
        return places.first
    }

    /// The cylinder around some rows.
    private static func cylinder(_ rows: ArraySlice<Int>, _ values: Span<Float>, _ columns: Int) -> Cylinder {
        var axis = [Double](repeating: 0, count: columns)
        for row in rows {
            for place in 0..<columns { axis[place] += Double(values[row * columns + place]) }
        }
        let length = axis.reduce(0) { $0 + $1 * $1 }.squareRoot()
        // Vectors that cancel out have no direction in common; any axis will do.
        axis = length > 1e-6 * Double(rows.count) ? axis.map { $0 / length } : axis.map { _ in 0 }
        var cylinder = Cylinder(axis: axis)
        var radius = 0.0
        for row in rows {
            var along = 0.0
            for place in 0..<columns { along += Double(values[row * columns + place]) * axis[place] }
            var square = 0.0
            for place in 0..<columns {
                let part = Double(values[row * columns + place]) - along * axis[place]
                square += part * part
            }
            cylinder.least = min(cylinder.least, along)
            cylinder.greatest = max(cylinder.greatest, along)
            radius = max(radius, square)
        }
        cylinder.radius = radius.squareRoot()
        return cylinder
    }
}
