import RecCompute
import RecIndex
import RecTesting
import Testing

@Suite struct `Dot products` {
    @Test(arguments: [1, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 512, 1280, 2048])
    func `they are within rounding of double precision and every level gives the same bits`(dimension: Int) {
        var random = SeededGenerator(seed: UInt64(dimension))
        let count = 5
        let query = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
        let rows = (0..<dimension * count).map { _ in Float.random(in: -1...1, using: &random) }
        var products = [Float](repeating: .nan, count: count + 1)
        DotProduct.rows(rows.span, count: count, query: query.span, into: &products)
        for level in ProcessorLevel.available {
            var others = [Float](repeating: .nan, count: count)
            DotProduct.rows(rows.span, count: count, query: query.span, into: &others, level: level)
            #expect(products.prefix(count).map(\.bitPattern) == others.map(\.bitPattern), "\(level)")
        }
        #expect(products[count].isNaN, "nothing may be written past the last row")
        for row in 0..<count {
            var exact = 0.0
            var magnitude = 0.0
            for (a, b) in zip(query, rows[row * dimension..<(row + 1) * dimension]) {
                exact += Double(a) * Double(b)
                magnitude += abs(Double(a) * Double(b))
            }
            #expect(abs(Double(products[row]) - exact) <= 1e-6 * magnitude)
        }
    }

    @Test(arguments: [1, 31, 32, 100, 1280, 8200])
    func `rows anywhere have the same products`(dimension: Int) {
        var random = SeededGenerator(seed: UInt64(dimension))
        let query = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
        let rows = (0..<dimension * 9).map { _ in Float.random(in: -1...1, using: &random) }
        var all = [Float](repeating: .nan, count: 9)
        DotProduct.rows(rows.span, count: 9, query: query.span, into: &all)
        let numbers: [UInt32] = [8, 0, 3, 3, 7, 1, 6, 2, 2, 5]
        for level in ProcessorLevel.available {
            for count in 0...numbers.count {
                var chosen = [Float](repeating: .nan, count: numbers.count + 1)
                DotProduct.chosen(
                    rows.span,
                    numbers.span,
                    count: count,
                    query: query.span,
                    into: &chosen,
                    level: level
                )
                #expect(chosen.prefix(count).map(\.bitPattern) == numbers.prefix(count).map { all[Int($0)].bitPattern })
                let isUntouched = chosen.dropFirst(count).allSatisfy { $0.isNaN }
                #expect(isUntouched, "nothing may be written past the last one")
            }
        }
    }

    @Test func `a row's product does not depend on the rows around it`() {
        var random = SeededGenerator(seed: 1)
        let rows = (0..<7 * 100).map { _ in Float.random(in: -1...1, using: &random) }
        let query = Array(rows[0..<100])
        var together = [Float](repeating: 0, count: 7)
        DotProduct.rows(rows.span, count: 7, query: query.span, into: &together)
        for row in 0..<7 {
            var alone: [Float] = [0]
            let part = Array(rows[row * 100..<(row + 1) * 100])
            DotProduct.rows(part.span, count: 1, query: query.span, into: &alone)
            #expect(alone[0] == together[row])
        }
    }
}
