/// The QL algorithm with implicit shifts on a symmetric tridiagonal matrix.
package struct ImplicitQL {
    /// The diagonal; the eigenvalues, in no order, once it has run.
    package private(set) var diagonal: [Double]
    private var offDiagonal: [Double]

    package init(diagonal: [Double], offDiagonal: [Double]) {
        self.diagonal = diagonal
        self.offDiagonal = offDiagonal + [0]
    }

    /// Finds the eigenvalues and hands over the rotations that make the eigenvectors, many sweeps at a time, with the
    /// share of the eigenvalues that are found.
    ///
    /// - Throws: ``ConvergenceFailure`` when an eigenvalue takes more than a hundred sweeps, and what `receive` throws.
    package mutating func run(_ receive: ([RotationSweep], Double) throws -> Void) throws {
        let count = diagonal.count
        var sweeps: [RotationSweep] = []
        var pending = 0
        var scale = 0.0
        for found in 0..<count {
            // Numbers beside the diagonal that are negligible beside what was met so far split the matrix.
            scale = max(scale, diagonal[found].magnitude + offDiagonal[found].magnitude)
            var rounds = 0
            while true {
                var last = found
                while last < count - 1, offDiagonal[last].magnitude > scale * Double.ulpOfOne { last += 1 }
                if last == found { break }
                rounds += 1
                guard rounds <= 100 else { throw ConvergenceFailure() }
                let sweep = sweep(found, last)
                pending += sweep.rotations.count
                sweeps.append(sweep)
            }
            if pending > 65_536 {
                try receive(sweeps, Double(found + 1) / Double(count))
                sweeps.removeAll()
                pending = 0
            }
        }
        try receive(sweeps, 1)
    }

    /// One QL step on the part of the matrix from `first` to `last`.
    private mutating func sweep(_ first: Int, _ last: Int) -> RotationSweep {
        var sweep = RotationSweep(from: last)
        // Wilkinson's shift: the eigenvalue of the leading 2x2 part that is nearer to its first number.
        let ratio = (diagonal[first + 1] - diagonal[first]) / (2 * offDiagonal[first])
        let root = (ratio * ratio + 1).squareRoot()
        var shifted =
            diagonal[last] - diagonal[first] + offDiagonal[first] / (ratio + (ratio < 0 ? -root : root))
        var cosine = 1.0
        var sine = 1.0
        var carried = 0.0
        for row in stride(from: last - 1, through: first, by: -1) {
            let bulge = sine * offDiagonal[row]
            let beside = cosine * offDiagonal[row]
            let length = Self.length(bulge, shifted)
            offDiagonal[row + 1] = length
            if length == 0 {
                diagonal[row + 1] -= carried
                offDiagonal[last] = 0
                return sweep
            }
            sine = bulge / length
            cosine = shifted / length
            shifted = diagonal[row + 1] - carried
            let turn = (diagonal[row] - shifted) * sine + 2 * cosine * beside
            carried = sine * turn
            diagonal[row + 1] = shifted + carried
            shifted = cosine * turn - beside
            sweep.rotations.append((cosine, sine))
        }
        diagonal[first] -= carried
        offDiagonal[first] = shifted
        offDiagonal[last] = 0
        return sweep
    }

    /// The length of a vector of two numbers, without overflow.
    private static func length(_ first: Double, _ second: Double) -> Double {
        let greater = max(first.magnitude, second.magnitude)
        guard greater > 0 else { return 0 }
        let one = first / greater
        let other = second / greater
        return greater * (one * one + other * other).squareRoot()
    }
}
