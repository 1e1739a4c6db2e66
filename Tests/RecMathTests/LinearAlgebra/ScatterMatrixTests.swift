import RecMath
import Testing

@Suite struct `The scatter of rows` {
    @Test(arguments: [(1, 1), (5, 3), (256, 4), (300, 9), (513, 17)])
    func `is the sum of their outer products`(rows: Int, columns: Int) throws {
        let given = LaneMatrix.random(rows: rows, columns: columns, seed: 1).plain
        var scatter = ScatterMatrix(columns: columns)
        for row in given { try scatter.add(row) }
        let matrix = try scatter.finish(divisor: 7)
        for one in 0..<columns {
            for other in 0..<columns {
                let expected = given.reduce(0.0) { $0 + $1[one] * $1[other] } / 7
                #expect(abs(matrix[one, other] - expected) < 1e-14 * Double(rows))
                #expect(matrix[one, other] == matrix[other, one])
            }
        }
    }

    @Test func `of no rows is zero`() throws {
        var scatter = ScatterMatrix(columns: 3)
        #expect(try scatter.finish(divisor: 1).plain.joined().allSatisfy { $0 == 0 })
    }
}
