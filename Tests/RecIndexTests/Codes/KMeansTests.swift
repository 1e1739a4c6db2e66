import RecCompute
import RecFiles
import RecIndex
import RecTesting
import Testing

/// Centres against Lloyd's algorithm in double precision, word by word.
@Suite struct `K-means` {
    /// Points around some of the corners of a cube, by their number, dimension and number of centres.
    struct Case: Sendable, CustomTestStringConvertible {
        let count: Int
        let dimension: Int
        let centers: Int

        var testDescription: String { "\(count) points, \(dimension) dimensions, \(centers) centres" }

        /// Numbers that are multiples of 1/16, so that sums and squares are the same in any order and precision.
        var points: [Float] {
            var random = SeededGenerator(seed: UInt64(count + dimension))
            let corners = (0..<7).map { _ in (0..<dimension).map { _ in Int.random(in: -3...3, using: &random) } }
            return (0..<count).flatMap { _ in
                corners[Int.random(in: corners.indices, using: &random)].map { corner in
                    Float(16 * corner + Int.random(in: -8...8, using: &random)) / 16
                }
            }
        }
    }

    static let cases = [
        Case(count: 700, dimension: 8, centers: 7), Case(count: 513, dimension: 64, centers: 20),
        Case(count: 40, dimension: 3, centers: 40), Case(count: 90, dimension: 16, centers: 1),
    ]

    @Test(arguments: cases)
    func `centres are those of Lloyd's algorithm`(given: Case) {
        let found = means(given.points, given, threads: 2).centers
        let expected = reference(given.points.map { Double($0) }, given)
        for (one, other) in zip(found, expected) { #expect(abs(Double(one) - other) < 1e-4) }
    }

    @Test(arguments: cases)
    func `any number of threads gives the same centres`(given: Case) {
        let one = means(given.points, given, threads: 1).centers
        for threads in [2, 3, 5] { #expect(means(given.points, given, threads: threads).centers == one) }
    }

    @Test(arguments: cases)
    func `the greatest score is that of the nearest centre`(given: Case) {
        let points = given.points
        let means = means(points, given, threads: 1)
        let product = means.scores()
        var scores = [Float](repeating: 0, count: given.count * product.pitch)
        var target = scores.mutableSpan
        product.multiply(points.span, count: given.count, into: &target)
        for point in 0..<given.count {
            let own = Array(points[point * given.dimension..<(point + 1) * given.dimension])
            let row = Array(scores[point * product.pitch..<point * product.pitch + given.centers])
            let squares = (0..<given.centers).map { square(own, means.centers, $0) }
            let nearest = Int(KMeans.nearest(in: row.span))
            #expect(squares[nearest] <= (squares.min() ?? 0) + 1e-3)
        }
    }

    @Test func `a centre that no point is near stays where it began`() {
        // Both centres begin at equal points, and the first of equals gets them all.
        let given = Case(count: 4, dimension: 2, centers: 2)
        let points: [Float] = [1, 2, 1, 2, 1, 2, 1, 2]
        #expect(means(points, given, threads: 1).centers == [1, 2, 1, 2])
    }

    @Test func `without points all centres are zero`() {
        let given = Case(count: 0, dimension: 3, centers: 2)
        #expect(means([], given, threads: 2).centers == [0, 0, 0, 0, 0, 0])
    }

    @Test func `the first of equal scores is the nearest`() {
        #expect(KMeans.nearest(in: [1, 3, 3, 2].span) == 1)
        #expect(KMeans.nearest(in: [-.infinity, .nan].span) == 0)
    }

    private func means(_ points: [Float], _ given: Case, threads: Int) -> KMeans {
        let shared = SharedNumbers<Float>(repeating: 0, count: points.count)
        shared.write { target in
            for place in points.indices { target[place] = points[place] }
        }
        return KMeans(
            shared,
            pointCount: given.count,
            dimension: given.dimension,
            count: given.centers,
            team: ThreadTeam(count: threads)
        )
    }

    /// Eight rounds from evenly spaced points.
    private func reference(_ points: [Double], _ given: Case) -> [Double] {
        let dimension = given.dimension
        var centers = (0..<given.centers).flatMap { center in
            let point = center * given.count / given.centers
            return points[point * dimension..<(point + 1) * dimension]
        }
        for _ in 0..<8 {
            var sums = [Double](repeating: 0, count: centers.count)
            var counts = [Int](repeating: 0, count: given.centers)
            for point in 0..<given.count {
                let squares = (0..<given.centers).map { center in
                    (0..<dimension).reduce(0.0) { sum, place in
                        let difference = points[point * dimension + place] - centers[center * dimension + place]
                        return sum + difference * difference
                    }
                }
                let nearest = squares.indices.min { (squares[$0], $0) < (squares[$1], $1) } ?? 0
                counts[nearest] += 1
                for place in 0..<dimension { sums[nearest * dimension + place] += points[point * dimension + place] }
            }
            for center in 0..<given.centers where counts[center] > 0 {
                for place in center * dimension..<(center + 1) * dimension {
                    centers[place] = sums[place] / Double(counts[center])
                }
            }
        }
        return centers
    }

    private func square(_ point: [Float], _ centers: [Float], _ center: Int) -> Double {
        point.indices.reduce(0.0) { sum, place in
            let difference = Double(point[place]) - Double(centers[center * point.count + place])
            return sum + difference * difference
        }
    }
}
