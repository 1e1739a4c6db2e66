import RecMath
import Testing

@Suite struct `Leading eigenvectors by iteration` {
    @Test(arguments: [1, 4, 10])
    func `are those of the full decomposition`(count: Int) throws {
        let matrix = graded(size: 40, ratio: 0.4, seed: 1)
        let exact = try SymmetricEigen(matrix, limit: count)
        var random = SplitMix64(seed: 3)
        // Some vectors more than are looked at, as users of it ask for.
        let found = SubspaceIteration(
            count: count + 8,
            dimension: 40,
            rounds: 25,
            random: &random,
            on: SerialLoop()
        ) { rows in multiply(rows, by: matrix) }
        #expect(found.vectors.orthonormalityDefect(on: SerialLoop()) < 1e-13)
        for row in 0..<count {
            // Up to the sign, and to single precision.
            #expect(abs(abs(exact.vectors.dot(row, found.vectors, row)) - 1) < 1e-5)
        }
    }

    @Test func `catch nearly all that can be caught in a few rounds`() {
        let matrix = graded(size: 60, ratio: 0.8, seed: 2)
        var random = SplitMix64(seed: 4)
        let found = SubspaceIteration(
            count: 10 + 8,
            dimension: 60,
            rounds: 4,
            random: &random,
            on: SerialLoop()
        ) { rows in multiply(rows, by: matrix) }
        let caught = (0..<10).reduce(0.0) { sum, row in
            let product = (0..<60).map { matrix.dot($0, found.vectors, row) }
            return sum + zip(product, found.vectors.row(row)).reduce(0.0) { $0 + $1.0 * $1.1 }
        }
        let most = (0..<10).reduce(0.0) { $0 + PowerFunction.of(0.8, Double($1)) }
        #expect(caught > 0.98 * most && caught < 1.000001 * most)
    }

    @Test func `span the space of equal eigenvalues`() throws {
        // Five times 4, the rest small.
        var turn = LaneMatrix.random(rows: 24, columns: 24, seed: 5)
        _ = turn.orthonormalize(tolerance: 1e-9, on: SerialLoop())
        _ = turn.orthonormalize(tolerance: 1e-9, on: SerialLoop())
        let matrix = sum(turn, values: (0..<24).map { $0 < 5 ? 4 : 0.01 })
        var random = SplitMix64(seed: 6)
        let found = SubspaceIteration(
            count: 5,
            dimension: 24,
            rounds: 4,
            random: &random,
            on: SerialLoop()
        ) { rows in multiply(rows, by: matrix) }
        for row in 0..<5 {
            let caught = (0..<5).reduce(0.0) { sum, vector in
                let share = turn.dot(vector, found.vectors, row)
                return sum + share * share
            }
            #expect(abs(caught - 1) < 1e-6)
        }
    }

    @Test func `are no more than the rank`() {
        var turn = LaneMatrix.random(rows: 16, columns: 16, seed: 7)
        _ = turn.orthonormalize(tolerance: 1e-9, on: SerialLoop())
        let matrix = sum(turn, values: (0..<16).map { $0 < 3 ? 1 : 0 })
        var random = SplitMix64(seed: 8)
        let found = SubspaceIteration(
            count: 6,
            dimension: 16,
            rounds: 4,
            random: &random,
            on: SerialLoop()
        ) { rows in multiply(rows, by: matrix) }
        #expect(found.isPresent == [true, true, true, false, false, false])
        for row in 3..<6 { #expect(found.vectors.row(row).allSatisfy { $0 == 0 }) }
    }

    @Test func `are the same however parts are shared out`() {
        let matrix = graded(size: 150, ratio: 0.9, seed: 9)
        func vectors(_ loop: some ParallelLoop) -> [[Double]] {
            var random = SplitMix64(seed: 10)
            return SubspaceIteration(
                count: 20,
                dimension: 150,
                rounds: 2,
                random: &random,
                on: loop
            ) { rows in multiply(rows, by: matrix) }.vectors.plain
        }
        #expect(vectors(SerialLoop()) == vectors(ReversedLoop()))
    }

    /// A symmetric matrix whose eigenvalues are the powers of `ratio`.
    private func graded(size: Int, ratio: Double, seed: UInt64) -> LaneMatrix {
        var turn = LaneMatrix.random(rows: size, columns: size, seed: seed)
        _ = turn.orthonormalize(tolerance: 1e-9, on: SerialLoop())
        _ = turn.orthonormalize(tolerance: 1e-9, on: SerialLoop())
        return sum(turn, values: (0..<size).map { PowerFunction.of(ratio, Double($0)) })
    }

    /// The sum of the outer products of rows with themselves, each times a value.
    private func sum(_ rows: LaneMatrix, values: [Double]) -> LaneMatrix {
        var matrix = LaneMatrix(rows: rows.columns, columns: rows.columns)
        for (vector, value) in zip(rows.plain, values) {
            for row in 0..<rows.columns {
                for column in 0..<rows.columns { matrix[row, column] += value * vector[row] * vector[column] }
            }
        }
        return matrix
    }

    private func multiply(_ numbers: [Float], by matrix: LaneMatrix) -> [Float] {
        let rows = LaneMatrix(numbers, rows: numbers.count / matrix.rows, columns: matrix.rows)
        return (0..<rows.rows).flatMap { row in
            (0..<matrix.rows).map { Float(matrix.dot($0, rows, row)) }
        }
    }
}
