import RecCompute
import RecFiles
import RecIndex
import RecTesting
import Testing

@Suite struct `Matrix products` {
    static let shapes = [
        (1, 1, 1), (2, 3, 5), (7, 9, 8), (6, 16, 16), (13, 17, 63), (97, 24, 64), (100, 40, 136), (5, 65, 200),
        (3, 8, 1100), (193, 12, 1096),
    ]

    static func values(_ count: Int, seed: Int) -> [Float] {
        var random = SeededGenerator(seed: UInt64(seed))
        return (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
    }

    /// C of ``MatrixProduct``, `count` x `pitch`.
    static func multiply(_ product: MatrixProduct, _ rows: [Float], count: Int, rowPitch: Int? = nil) -> [Float] {
        var result = [Float](repeating: .nan, count: count * product.pitch)
        var target = result.mutableSpan
        product.multiply(rows.span, count: count, rowPitch: rowPitch, into: &target)
        return result
    }

    @Test(arguments: shapes, ProcessorLevel.available)
    func `they are within their error bound of double precision`(shape: (Int, Int, Int), level: ProcessorLevel) {
        let (count, columns, depth) = shape
        let a = Self.values(count * depth, seed: 1)
        let b = Self.values(columns * depth, seed: 2)
        let bias = Self.values(columns, seed: 3)
        let product = MatrixProduct(
            b.span,
            columns: columns,
            depth: depth,
            bias: bias,
            stretch: 64,
            level: level
        )
        let found = Self.multiply(product, a, count: count)
        #expect(product.relativeError < 1e-5)
        var worst = 0.0
        for row in 0..<count {
            for column in 0..<columns {
                var exact = Double(bias[column])
                var magnitude = abs(exact)
                for place in 0..<depth {
                    let term = Double(a[row * depth + place]) * Double(b[column * depth + place])
                    exact += term
                    magnitude += abs(term)
                }
                let error = abs(Double(found[row * product.pitch + column]) - exact)
                worst = max(worst, error / (product.relativeError * magnitude))
            }
            for column in columns..<product.pitch { #expect(found[row * product.pitch + column] == 0) }
        }
        #expect(worst <= 1)
    }

    @Test(arguments: shapes)
    func `a transposed matrix gives the same bits`(shape: (Int, Int, Int)) {
        let (count, columns, depth) = shape
        let a = Self.values(count * depth, seed: 4)
        let b = Self.values(columns * depth, seed: 5)
        let transposed = (0..<depth * columns).map { b[$0 % columns * depth + $0 / columns] }
        let product = MatrixProduct(b.span, columns: columns, depth: depth)
        let other = MatrixProduct(transposed: transposed.span, columns: columns, depth: depth)
        #expect(Self.multiply(product, a, count: count) == Self.multiply(other, a, count: count))
    }

    @Test func `a row's product depends neither on the rows around it nor on their distance`() {
        let (count, columns, depth) = (101, 24, 72)
        let a = Self.values(count * depth, seed: 6)
        let product = MatrixProduct(Self.values(columns * depth, seed: 7).span, columns: columns, depth: depth)
        let together = Self.multiply(product, a, count: count)
        var apart: [Float] = []
        for row in 0..<count { apart += a[row * depth..<(row + 1) * depth] + [.nan, .nan, .nan] }
        #expect(Self.multiply(product, apart, count: count, rowPitch: depth + 3) == together)
        for row in [0, 50, 100] {
            let alone = Self.multiply(product, Array(a[row * depth..<(row + 1) * depth]), count: 1)
            #expect(alone == Array(together[row * product.pitch..<(row + 1) * product.pitch]))
        }
    }

    @Test(arguments: [1, 2, 3])
    func `a team of threads gives the same bits`(threads: Int) {
        let (count, columns, depth) = (230, 24, 72)
        let a = Self.values(count * depth, seed: 8)
        let product = MatrixProduct(Self.values(columns * depth, seed: 9).span, columns: columns, depth: depth)
        let rows = SharedNumbers<Float>(repeating: 0, count: a.count)
        rows.write { rows in for place in a.indices { rows[place] = a[place] } }
        let found = SharedNumbers<Float>(repeating: .nan, count: count * product.pitch)
        product.multiply(rows, count: count, into: found, team: ThreadTeam(count: threads))
        #expect(NumberArray(found).array(0..<found.count) == Self.multiply(product, a, count: count))
    }
}
