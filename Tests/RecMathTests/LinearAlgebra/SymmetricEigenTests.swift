import RecMath
import Testing

@Suite struct `Eigenvalues and eigenvectors` {
    @Test(arguments: try MatrixGolden.load())
    func `of a symmetric matrix are those of LAPACK`(golden: MatrixGolden) throws {
        let eigen = try SymmetricEigen(LaneMatrix(golden.numbers, size: golden.size))
        let scale = max(golden.values.map(\.magnitude).max() ?? 0, 1e-300)
        for (value, expected) in zip(eigen.values, golden.values) { #expect(abs(value - expected) <= 1e-13 * scale) }
        #expect(eigen.values.count == golden.size)
        for (row, value) in zip(eigen.vectors.plain, eigen.values) {
            // A v = value v
            for line in 0..<golden.size {
                let product = (0..<golden.size).reduce(0.0) {
                    $0 + golden.numbers[line * golden.size + $1] * row[$1]
                }
                #expect(abs(product - value * row[line]) <= 1e-12 * scale)
            }
        }
        for (first, one) in eigen.vectors.plain.enumerated() {
            for (second, other) in eigen.vectors.plain.enumerated() {
                let product = zip(one, other).reduce(0.0) { $0 + $1.0 * $1.1 }
                #expect(abs(product - (first == second ? 1 : 0)) < 1e-12)
            }
        }
    }

    @Test(arguments: [1, 5, 16])
    func `may be asked for in part, and are the same then`(count: Int) throws {
        var random = SplitMix64(seed: 3)
        var numbers = [Double](repeating: 0, count: 16 * 16)
        for row in 0..<16 {
            for column in 0...row {
                numbers[row * 16 + column] = Double.random(in: -1...1, using: &random)
                numbers[column * 16 + row] = numbers[row * 16 + column]
            }
        }
        let all = try SymmetricEigen(LaneMatrix(numbers, size: 16))
        let part = try SymmetricEigen(LaneMatrix(numbers, size: 16), limit: count)
        #expect(part.values == Array(all.values.prefix(count)))
        #expect(part.vectors.plain == Array(all.vectors.plain.prefix(count)))
        #expect(all.vectors.plain.allSatisfy { row in (row.max() ?? 0) >= -(row.min() ?? 0) }, "signs are settled")
    }
}
