import RecMath
import Testing

@Suite struct `A matrix in lanes` {
    @Test(arguments: [1, 7, 8, 9, 40])
    func `keeps the numbers of its rows, whatever is behind them`(columns: Int) {
        let numbers = (0..<3 * columns).map { Float($0) - 10.5 }
        let matrix = LaneMatrix(numbers, rows: 3, columns: columns)
        #expect(matrix.floats == numbers)
        #expect(matrix.row(1) == numbers[columns..<2 * columns].map { Double($0) })
        let exact = zip(matrix.row(0), matrix.row(2)).reduce(0.0) { $0 + $1.0 * $1.1 }
        #expect(matrix.dot(0, matrix, 2) == exact)
    }

    @Test func `adds and scales rows`() {
        var matrix = LaneMatrix([1, 2, 3, 4, 5, 6], rows: 2, columns: 3)
        matrix.scale(0, by: 2)
        matrix.add(-1, matrix, 1, to: 0)
        #expect(matrix.plain == [[-2, -1, 0], [4, 5, 6]])
    }
}
