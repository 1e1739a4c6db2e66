import Foundation
import RecMath
import Testing

@Suite struct `The QL algorithm` {
    @Test(arguments: [1, 2, 5, 40, 200])
    func `finds the eigenvalues of the second difference`(size: Int) throws {
        let values = try eigenvalues(
            diagonal: [Double](repeating: 2, count: size),
            offDiagonal: [Double](repeating: -1, count: size - 1)
        )
        let expected = (1...size).map { 2 - 2 * cos(Double($0) * Double.pi / Double(size + 1)) }
        for (value, expected) in zip(values, expected) { #expect(abs(value - expected) < 1e-14 * Double(size + 4)) }
    }

    @Test(arguments: [1, 6, 21])
    func `finds the whole numbers of Kac's matrix`(count: Int) throws {
        let values = try eigenvalues(
            diagonal: [Double](repeating: 0, count: count + 1),
            offDiagonal: (1...count).map { Double($0 * (count + 1 - $0)).squareRoot() }
        )
        let expected = stride(from: -count, through: count, by: 2).map { Double($0) }
        for (value, expected) in zip(values, expected) { #expect(abs(value - expected) < 1e-13 * Double(count)) }
    }

    @Test func `splits a matrix whose parts have nothing to do with each other`() throws {
        let values = try eigenvalues(diagonal: [3, 3, 7, 1, 1], offDiagonal: [1, 0, 0, 2])
        for (value, expected) in zip(values, [-1, 2, 3, 4, 7] as [Double]) { #expect(abs(value - expected) < 1e-14) }
    }

    @Test func `hands over rotations that turn unit vectors into eigenvectors`() throws {
        let diagonal = [4, -1, 0.5, 9, 2, 2.0]
        let offDiagonal = [1, 0.25, -3, 1e-3, 2.0]
        let size = diagonal.count
        var rows = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
        var iteration = ImplicitQL(diagonal: diagonal, offDiagonal: offDiagonal)
        try iteration.run { sweeps, _ in
            for sweep in sweeps {
                for (number, (cosine, sine)) in sweep.rotations.enumerated() {
                    let (upper, lower) = (rows[sweep.from - number], rows[sweep.from - number - 1])
                    rows[sweep.from - number] = zip(upper, lower).map { cosine * $0 + sine * $1 }
                    rows[sweep.from - number - 1] = zip(upper, lower).map { cosine * $1 - sine * $0 }
                }
            }
        }
        for (value, vector) in zip(iteration.diagonal, rows) {
            for place in 0..<size {
                var product = diagonal[place] * vector[place]
                if place > 0 { product += offDiagonal[place - 1] * vector[place - 1] }
                if place + 1 < size { product += offDiagonal[place] * vector[place + 1] }
                #expect(abs(product - value * vector[place]) < 1e-14 * 10)
            }
        }
    }

    /// The eigenvalues, least first.
    private func eigenvalues(diagonal: [Double], offDiagonal: [Double]) throws -> [Double] {
        var iteration = ImplicitQL(diagonal: diagonal, offDiagonal: offDiagonal)
        var last = 0.0
        try iteration.run { _, share in
            #expect(share >= last)
            last = share
        }
        #expect(last == 1)
        return iteration.diagonal.sorted()
    }
}
