/// A matrix in double precision whose rows are padded with zeros to whole groups of eight lanes.
///
/// Rows lie one after another, and loops run along them group by group, so that one bounds check serves eight numbers
/// and the compiler uses the processor's vectors.
package struct LaneMatrix: Sendable {
    package typealias Lanes = SIMD8<Double>

    package let rows: Int
    package let columns: Int
    /// The number of groups in a row.
    package let groups: Int
    package internal(set) var lanes: [Lanes]

    /// Creates a matrix of zeros.
    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        groups = (columns + 7) / 8
        lanes = [Lanes](repeating: .zero, count: rows * groups)
    }

    package subscript(row: Int, column: Int) -> Double {
        get { lanes[row * groups + column >> 3][column & 7] }
        set { lanes[row * groups + column >> 3][column & 7] = newValue }
    }

    /// The numbers of a row, without the padding.
    package func row(_ row: Int) -> [Double] {
        (0..<columns).map { self[row, $0] }
    }

    /// The dot product of a row with another one.
    package func dot(_ row: Int, _ other: LaneMatrix, _ otherRow: Int) -> Double {
        let start = row * groups
        let otherStart = otherRow * groups
        var sum = Lanes.zero
        for group in 0..<groups { sum += lanes[start + group] * other.lanes[otherStart + group] }
        return sum.sum()
    }

    /// Adds a multiple of another matrix's row to a row.
    package mutating func add(_ factor: Double, _ other: LaneMatrix, _ otherRow: Int, to row: Int) {
        let start = row * groups
        let otherStart = otherRow * groups
        for group in 0..<groups { lanes[start + group] += factor * other.lanes[otherStart + group] }
    }

    /// Multiplies a row by a number.
    package mutating func scale(_ row: Int, by factor: Double) {
        for group in row * groups..<(row + 1) * groups { lanes[group] *= factor }
    }
}
