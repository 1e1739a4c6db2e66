/// Householder's reduction of a symmetric matrix A to a tridiagonal one, T, with A = Q T Qᵀ.
package struct Tridiagonal {
    /// The diagonal of T.
    package private(set) var diagonal: [Double]
    /// The numbers beside the diagonal of T, one fewer.
    package private(set) var offDiagonal: [Double]
    /// The matrix; row k becomes the k-th reflection vector once it is eliminated.
    private var matrix: LaneMatrix
    /// For each reflection I - factor v vᵀ its factor; 0 where there was nothing to eliminate.
    private var factors: [Double]

    package init(_ matrix: LaneMatrix) {
        self.matrix = matrix
        diagonal = [Double](repeating: 0, count: matrix.rows)
        offDiagonal = [Double](repeating: 0, count: max(matrix.rows - 1, 0))
        factors = [Double](repeating: 0, count: matrix.rows)
    }

    /// Carries the reduction out.
    package mutating func reduce(progress: (Double) -> Void) throws {
        let count = matrix.rows
        let groups = matrix.groups
        var image = [LaneMatrix.Lanes](repeating: .zero, count: groups)
        var vector = image
        for step in 0..<count {
            diagonal[step] = matrix[step, step]
            guard step + 1 < count else { break }
            if step.isMultiple(of: 16) {
                try Task.checkCancellation()
                let left = Double(count - step) / Double(count)
                progress(1 - left * left * left)
            }
            // By symmetry the column below the diagonal is the row beside it. Lanes up to the diagonal become zero, so
            // that whole groups can be worked on.
            let first = (step + 1) >> 3
            for column in stride(from: first << 3, through: step, by: 1) { matrix[step, column] = 0 }
            for group in first..<groups { vector[group] = matrix.lanes[step * groups + group] }
            guard let factor = reflect(&vector, at: step + 1, first) else { continue }
            factors[step] = factor
            for group in first..<groups { matrix.lanes[step * groups + group] = vector[group] }
            multiply(by: vector, from: step + 1, first, into: &image, factor)
            subtract(vector, image, from: step + 1, first)
        }
    }

    /// Turns a column into the vector of the reflection that leaves only its first number; that one, and the factor.
    private mutating func reflect(_ vector: inout [LaneMatrix.Lanes], at start: Int, _ first: Int) -> Double? {
        var greatest = LaneMatrix.Lanes.zero
        for group in first..<vector.count {
            greatest.replace(with: vector[group], where: vector[group] .> greatest)
            greatest.replace(with: -vector[group], where: -vector[group] .> greatest)
        }
        let scale = greatest.max()
        let head = vector[start >> 3][start & 7]
        vector[start >> 3][start & 7] = 0
        var rest = 0.0
        if scale > 0 {
            var sum = LaneMatrix.Lanes.zero
            for group in first..<vector.count {
                let scaled = vector[group] / scale
                sum += scaled * scaled
            }
            rest = sum.sum()
        }
        guard rest > 0 else {
            offDiagonal[start - 1] = head
            return nil
        }
        let scaledHead = head / scale
        let length = (rest + scaledHead * scaledHead).squareRoot()
        let left = scaledHead > 0 ? scaledHead + length : scaledHead - length
        offDiagonal[start - 1] = (scaledHead > 0 ? -length : length) * scale
        for group in first..<vector.count { vector[group] /= scale }
        vector[start >> 3][start & 7] = left
        return 2 / (rest + left * left)
    }

    /// Computes `image` = factor A v - (factor / 2) (factor A v · v) v, for which A - v imageᵀ - image vᵀ is the reflection
    /// of A from both sides.
    private func multiply(
        by vector: [LaneMatrix.Lanes],
        from start: Int,
        _ first: Int,
        into image: inout [LaneMatrix.Lanes],
        _ factor: Double
    ) {
        let groups = matrix.groups
        for group in first..<groups { image[group] = .zero }
        var product = 0.0
        for row in start..<matrix.rows {
            var sum = LaneMatrix.Lanes.zero
            let begin = row * groups
            for group in first..<groups { sum += matrix.lanes[begin + group] * vector[group] }
            let value = factor * sum.sum()
            image[row >> 3][row & 7] = value
            product += value * vector[row >> 3][row & 7]
        }
        let half = factor / 2 * product
        for group in first..<groups { image[group] -= half * vector[group] }
    }

    private mutating func subtract(
        _ vector: [LaneMatrix.Lanes],
        _ image: [LaneMatrix.Lanes],
        from start: Int,
        _ first: Int
    ) {
        let groups = matrix.groups
        for row in start..<matrix.rows {
            let along = vector[row >> 3][row & 7]
            let across = image[row >> 3][row & 7]
            let begin = row * groups
            for group in first..<groups {
                matrix.lanes[begin + group] -= along * image[group] + across * vector[group]
            }
        }
    }

    /// Turns rows that are eigenvectors of T into those of A: each row y becomes Q y.
    package func transformBack(_ rows: inout LaneMatrix) throws {
        let groups = matrix.groups
        // Several rows for each reflection, so that the reflections are not read from memory once a row.
        for begin in stride(from: 0, to: rows.rows, by: 16) {
            try Task.checkCancellation()
            for step in stride(from: matrix.rows - 1, through: 0, by: -1) where factors[step] != 0 {
                let first = (step + 1) >> 3
                let reflection = step * groups
                for row in begin..<min(begin + 16, rows.rows) {
                    var sum = LaneMatrix.Lanes.zero
                    let target = row * groups
                    for group in first..<groups {
                        sum += matrix.lanes[reflection + group] * rows.lanes[target + group]
                    }
                    let factor = factors[step] * sum.sum()
                    for group in first..<groups {
                        rows.lanes[target + group] -= factor * matrix.lanes[reflection + group]
                    }
                }
            }
        }
    }
}
