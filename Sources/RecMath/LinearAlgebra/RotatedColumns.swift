/// The identity matrix, to whose rows rotations are applied.
///
/// Eight columns lie together for all rows: they fit in the cache, and thousands of rotations pass over them there.
struct RotatedColumns {
    private let count: Int
    private let panels: Int
    private var lanes: [LaneMatrix.Lanes]

    init(count: Int) {
        self.count = count
        panels = (count + 7) / 8
        lanes = [LaneMatrix.Lanes](repeating: .zero, count: panels * count)
        for row in 0..<count { lanes[(row >> 3) * count + row][row & 7] = 1 }
    }

    /// Applies the rotations, in order, to all columns.
    mutating func apply(_ sweeps: [RotationSweep]) throws {
        for panel in 0..<panels {
            try Task.checkCancellation()
            let start = panel * count
            for sweep in sweeps {
                var row = start + sweep.from
                // The row that two rotations in turn change is kept at hand.
                var upper = lanes[row]
                for (cosine, sine) in sweep.rotations {
                    let lower = lanes[row - 1]
                    lanes[row] = sine * lower + cosine * upper
                    upper = cosine * lower - sine * upper
                    row -= 1
                }
                lanes[row] = upper
            }
        }
    }

    /// Copies a row to a row of a matrix.
    func copy(_ source: Int, to row: Int, of matrix: inout LaneMatrix) {
        for panel in 0..<panels { matrix.lanes[row * matrix.groups + panel] = lanes[panel * count + source] }
    }
}
