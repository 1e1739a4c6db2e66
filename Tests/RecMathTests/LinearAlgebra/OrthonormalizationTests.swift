import RecMath
import Testing

@Suite struct `Rows that are made orthonormal` {
    @Test(arguments: [(1, 1), (3, 3), (7, 20), (20, 129), (33, 300)])
    func `are what Gram and Schmidt make of them`(rows: Int, columns: Int) {
        let given = LaneMatrix.random(rows: rows, columns: columns, seed: 1)
        var matrix = given
        #expect(matrix.orthonormalize(tolerance: 1e-9, on: SerialLoop()) == [Bool](repeating: true, count: rows))
        #expect(matrix.orthonormalityDefect(on: SerialLoop()) < 1e-9)
        for (row, expected) in zip(matrix.plain, gramSchmidt(given.plain)) {
            for (value, expected) in zip(row, expected) { #expect(abs(value - expected) < 1e-9) }
        }
    }

    @Test func `are orthonormal to double precision the second time`() {
        // Nearly alike, so that once is not enough.
        var matrix = LaneMatrix.random(rows: 12, columns: 40, seed: 2)
        for row in 1..<12 { matrix.add(1e4, matrix, 0, to: row) }
        _ = matrix.orthonormalize(tolerance: 1e-9, on: SerialLoop())
        #expect(matrix.orthonormalityDefect(on: SerialLoop()) > 1e-12)
        _ = matrix.orthonormalize(tolerance: 1e-9, on: SerialLoop())
        #expect(matrix.orthonormalityDefect(on: SerialLoop()) < 1e-14)
    }

    @Test func `are zero where they depend on those before them, and span the same`() {
        var matrix = LaneMatrix(rows: 6, columns: 25)
        let independent = LaneMatrix.random(rows: 3, columns: 25, seed: 3)
        for (row, source) in [(0, 0), (2, 1), (5, 2)] { matrix.add(1, independent, source, to: row) }
        // Row 1 is a multiple of row 0, row 3 is zero, row 4 is a sum.
        matrix.add(-2, independent, 0, to: 1)
        matrix.add(0.5, independent, 0, to: 4)
        matrix.add(3, independent, 1, to: 4)
        let given = matrix
        #expect(
            matrix.orthonormalize(tolerance: 1e-6, on: SerialLoop()) == [true, false, true, false, false, true]
        )
        for row in [1, 3, 4] { #expect(matrix.row(row).allSatisfy { $0 == 0 }) }
        for row in 0..<6 {
            // What the kept rows do not hold of a given one.
            var rest = given.row(row)
            for kept in [0, 2, 5] {
                let share = given.dot(row, matrix, kept)
                for (column, value) in matrix.row(kept).enumerated() { rest[column] -= share * value }
            }
            #expect(rest.allSatisfy { abs($0) < 1e-12 })
        }
    }

    @Test func `of zeros stay zeros`() {
        var matrix = LaneMatrix(rows: 4, columns: 10)
        #expect(matrix.orthonormalize(tolerance: 1e-6, on: SerialLoop()) == [false, false, false, false])
        #expect(matrix.plain.joined().allSatisfy { $0 == 0 })
        #expect(matrix.orthonormalityDefect(on: SerialLoop()) == 2)
    }

    @Test func `may be none`() {
        var matrix = LaneMatrix(rows: 0, columns: 10)
        #expect(matrix.orthonormalize(tolerance: 1e-6, on: SerialLoop()).isEmpty)
        #expect(matrix.orthonormalityDefect(on: SerialLoop()) == 0)
    }

    @Test func `are as many as there are dimensions, not more`() {
        var matrix = LaneMatrix.random(rows: 9, columns: 5, seed: 4)
        let isPresent = matrix.orthonormalize(tolerance: 1e-6, on: SerialLoop())
        #expect(isPresent == [true, true, true, true, true, false, false, false, false])
    }

    @Test func `do not depend on the order of the parts`() {
        var one = LaneMatrix.random(rows: 18, columns: 411, seed: 5)
        var other = one
        #expect(one.innerProducts(on: SerialLoop()) == one.innerProducts(on: ReversedLoop()))
        _ = one.orthonormalize(tolerance: 1e-6, on: SerialLoop())
        _ = other.orthonormalize(tolerance: 1e-6, on: ReversedLoop())
        #expect(one.plain == other.plain)
    }

    @Test func `have inner products in the lower triangle`() {
        let matrix = LaneMatrix.random(rows: 5, columns: 19, seed: 6)
        let products = matrix.innerProducts(on: SerialLoop())
        for row in 0..<5 {
            for other in 0..<5 {
                let exact = zip(matrix.row(row), matrix.row(other)).reduce(0.0) { $0 + $1.0 * $1.1 }
                #expect(abs(products[row * 5 + other] - (other <= row ? exact : 0)) < 1e-14 * 19)
            }
        }
    }

    /// Gram-Schmidt, modified and twice.
    private func gramSchmidt(_ rows: [[Double]]) -> [[Double]] {
        var made: [[Double]] = []
        for row in rows {
            var rest = row
            for other in made + made {
                let share = zip(rest, other).reduce(0.0) { $0 + $1.0 * $1.1 }
                for place in rest.indices { rest[place] -= share * other[place] }
            }
            let length = rest.length
            made.append(rest.map { $0 / length })
        }
        return made
    }
}
