internal import RecCompute

/// Rows in double precision that are made orthonormal in their order: each row loses its part along those before it.
///
/// This is Gram-Schmidt's result, found through the Cholesky factor of the matrix of inner products.
struct Orthonormalization {
    /// Eight numbers that are worked on at once.
    typealias Lanes = SIMD8<Double>

    /// The number of rows.
    let count: Int
    /// Lanes of a row, the last one filled up with zeros.
    let width: Int
    /// The rows, `[count][width]`.
    let rows: SharedNumbers<Lanes>

    private let team: ThreadTeam
    /// Lanes that a thread takes through all rows at once.
    private static let piece = 16

    /// Zeros.
    init(count: Int, dimension: Int, team: ThreadTeam) {
        self.count = count
        self.team = team
        width = (dimension + Lanes.scalarCount - 1) / Lanes.scalarCount
        rows = SharedNumbers(repeating: Lanes.zero, count: count * width)
    }

    /// Takes rows of `pitch` floats; those past the dimension are zero or absent.
    func fill(_ floats: Span<Float>, pitch: Int, dimension: Int) {
        rows.write { rows in
            for row in 0..<count {
                for position in 0..<dimension {
                    rows[row * width + position / 8][position % 8] = Double(floats[row * pitch + position])
                }
            }
        }
    }

    /// Writes the rows, `dimension` floats each.
    func copy(to floats: inout MutableSpan<Float>, dimension: Int) {
        rows.read { rows in
            for row in 0..<count {
                for position in 0..<dimension {
                    floats[row * dimension + position] = Float(rows[row * width + position / 8][position % 8])
                }
            }
        }
    }

    /// Makes the rows orthonormal.
    ///
    /// A row of which others leave less than `tolerance` of its length becomes zero. Twice gives rows that are
    /// orthonormal to double precision.
    ///
    /// - Returns: Which rows are not zero.
    func run(tolerance: Double) -> [Bool] {
        var factor = products()
        var inverses = [Double](repeating: 0, count: count)
        // The lower triangle becomes Cholesky's factor row by row.
        for row in 0..<count {
            for column in 0..<row {
                var sum = factor[row * count + column]
                for term in 0..<column { sum -= factor[row * count + term] * factor[column * count + term] }
                factor[row * count + column] = sum * inverses[column]
            }
            let square = factor[row * count + row]
            var left = square
            for term in 0..<row { left -= factor[row * count + term] * factor[row * count + term] }
            if left > tolerance * tolerance * square { inverses[row] = 1 / left.squareRoot() }
        }
        let pieces = (width + Self.piece - 1) / Self.piece
        team.run(units: pieces) { unit, _ in
            let columns = unit * Self.piece..<min((unit + 1) * Self.piece, width)
            rows.write { rows in
                for row in 0..<count {
                    for other in 0..<row where inverses[other] != 0 {
                        let share = factor[row * count + other]
                        for column in columns { rows[row * width + column] -= share * rows[other * width + column] }
                    }
                    for column in columns { rows[row * width + column] *= inverses[row] }
                }
            }
        }
        return inverses.map { $0 != 0 }
    }

    /// The inner products of the rows, `[count][count]`, the lower triangle.
    func products() -> [Double] {
        let products = SharedNumbers<Double>(repeating: 0, count: count * count)
        team.run(units: count) { unit, _ in
            let row = count - 1 - unit
            rows.read { rows in
                products.write(row * count..<(row + 1) * count) { products in
                    for other in 0...row {
                        var sum = Lanes.zero
                        for column in 0..<width { sum += rows[row * width + column] * rows[other * width + column] }
                        products[other] = sum.sum()
                    }
                }
            }
        }
        return products.read { span in span.indices.map { span[$0] } }
    }
}
