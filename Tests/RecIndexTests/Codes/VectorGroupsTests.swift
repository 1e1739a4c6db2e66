import RecFiles
import RecIndex
import RecTesting
import Testing

@Suite struct `Groups of vectors` {
    @Test(arguments: [1, 2, 3, 8])
    func `no product with a row exceeds the bound of its group`(columns: Int) {
        var random = SeededGenerator(seed: UInt64(columns))
        func vector() -> [Float] {
            let values = (0..<columns).map { _ in Float.random(in: -1...1, using: &random) }
            let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return values.map { $0 / length }
        }
        let rows = (0..<700).map { $0 % 9 == 5 ? [Float](repeating: 0, count: columns) : vector() }
        let isPresent = (0..<700).map { UInt8($0 % 9 == 5 ? 0 : 1) }
        let groups = VectorGroups(
            FloatRows(rows.flatMap { $0 }, rowCount: 700, dimension: columns),
            isPresent: NumberArray(isPresent)
        )
        #expect(groups.rows.count == 64)
        for _ in 0..<40 {
            let query = vector()
            let bounds = groups.bounds(of: query)
            #expect(bounds.allSatisfy { $0 <= 1 })
            for row in rows.indices {
                let group = groups.rows.groupOfRow[row]
                #expect((group == RowGroups.missing) == (isPresent[row] == 0))
                guard group != RowGroups.missing else { continue }
                let product = zip(rows[row], query).reduce(0) { $0 + Double($1.0) * Double($1.1) }
                #expect(min(product, 1) <= bounds[Int(group)])
            }
        }
    }

    @Test func `a circle is cut finely enough that bounds are near`() {
        let angles = (0..<1000).map { Double($0) / 1000 * 1.5 }
        // Rational points on the circle.
        let rows = angles.map { angle -> [Float] in
            let t = angle / 2
            return [Float((1 - t * t) / (1 + t * t)), Float(2 * t / (1 + t * t))]
        }
        let groups = VectorGroups(
            FloatRows(rows.flatMap { $0 }, rowCount: rows.count, dimension: 2),
            isPresent: NumberArray([UInt8](repeating: 1, count: rows.count))
        )
        for query in [rows[0], rows[500], rows[999]] {
            let bounds = groups.bounds(of: query)
            for row in rows {
                let product = Double(row[0] * query[0] + row[1] * query[1])
                let number = rows.firstIndex(of: row).map { Int(groups.rows.groupOfRow[$0]) } ?? 0
                #expect(bounds[number] - product < 0.03)
            }
        }
    }

    @Test func `vectors that are all the same have a bound that is their product`() {
        let groups = VectorGroups(
            FloatRows([0.6, 0.8, 0.6, 0.8], rowCount: 2, dimension: 2),
            isPresent: NumberArray([1, 1])
        )
        let group = Int(groups.rows.groupOfRow[0])
        #expect(abs(groups.bounds(of: [1, 0])[group] - 0.6) < 1e-5)
        #expect(groups.rows.groupOfRow[1] == UInt32(group))
    }

    @Test func `no rows have no groups that matter`() {
        let groups = VectorGroups(FloatRows([0, 0], rowCount: 1, dimension: 2), isPresent: NumberArray([0]))
        #expect(groups.rows.groupOfRow[0] == RowGroups.missing)
        #expect(groups.bounds(of: [0, 1]).allSatisfy { $0 == -1 })
    }
}
