package import RecCompute

/// Centres that Lloyd's algorithm finds for some points (Lloyd, 1982), always the same for the same points.
package struct KMeans: Sendable {
    /// The number of centres.
    let count: Int
    /// Numbers of a point.
    let dimension: Int
    /// The centres, `[count][dimension]`.
    package private(set) var centers: [Float]

    /// Points of each centre in a sample.
    static let samplesPerCenter = 50
    private static let rounds = 8
    private static let piece = 256

    /// - Parameters:
    ///   - points: `[pointCount][dimension]`, some of them the first centres.
    ///   - pointCount: The number of points; centres are zero when there is none.
    ///   - dimension: Numbers of a point.
    ///   - count: The number of centres.
    ///   - team: The threads.
    package init(_ points: SharedNumbers<Float>, pointCount: Int, dimension: Int, count: Int, team: ThreadTeam) {
        self.count = count
        self.dimension = dimension
        centers = [Float](repeating: 0, count: count * dimension)
        guard pointCount > 0 else { return }
        points.read { points in
            for center in 0..<count {
                let point = center * pointCount / count
                for position in 0..<dimension {
                    centers[center * dimension + position] = points[point * dimension + position]
                }
            }
        }
        let nearest = SharedNumbers<UInt32>(repeating: 0, count: pointCount)
        for _ in 0..<Self.rounds {
            assign(points, pointCount: pointCount, to: nearest, team: team)
            update(points, pointCount: pointCount, nearest: nearest)
        }
    }

    /// What multiplies points into what ``nearest(in:pitch:)`` takes: inner product less half the centre's square.
    package func scores() -> MatrixProduct {
        let bias = (0..<count).map { center in
            var square = 0.0
            for value in centers[center * dimension..<(center + 1) * dimension] { square += Double(value * value) }
            return Float(-0.5 * square)
        }
        return MatrixProduct(centers.span, columns: count, depth: dimension, bias: bias)
    }

    /// The centre with the greatest score, the first one among equals.
    package static func nearest(in scores: Span<Float>) -> UInt32 {
        var best = -Float.infinity
        var place = 0
        for center in scores.indices where scores[center] > best {
            best = scores[center]
            place = center
        }
        return UInt32(place)
    }

    private func assign(
        _ points: SharedNumbers<Float>,
        pointCount: Int,
        to nearest: SharedNumbers<UInt32>,
        team: ThreadTeam
    ) {
        let product = scores()
        let scratch = SharedNumbers<Float>(repeating: 0, count: team.count * Self.piece * product.pitch)
        team.run(units: (pointCount + Self.piece - 1) / Self.piece) { unit, participant in
            let range = unit * Self.piece..<min((unit + 1) * Self.piece, pointCount)
            let own = participant * Self.piece * product.pitch..<(participant + 1) * Self.piece * product.pitch
            scratch.write(own) { scores in
                points.read(range.lowerBound * dimension..<range.upperBound * dimension) { points in
                    product.multiply(points, count: range.count, into: &scores)
                }
                nearest.write(range) { nearest in
                    for row in 0..<range.count {
                        let start = row * product.pitch
                        nearest[row] = Self.nearest(in: scores.span.extracting(start..<start + count))
                    }
                }
            }
        }
    }

    /// Moves each centre to the mean of its points; one without points stays.
    private mutating func update(_ points: SharedNumbers<Float>, pointCount: Int, nearest: SharedNumbers<UInt32>) {
        var sums = [Double](repeating: 0, count: count * dimension)
        var counts = [Int](repeating: 0, count: count)
        nearest.read { nearest in
            points.read { points in
                for point in 0..<pointCount {
                    let center = Int(nearest[point])
                    counts[center] += 1
                    for position in 0..<dimension {
                        sums[center * dimension + position] += Double(points[point * dimension + position])
                    }
                }
            }
        }
        for center in 0..<count where counts[center] > 0 {
            for index in center * dimension..<(center + 1) * dimension {
                centers[index] = Float(sums[index] / Double(counts[center]))
            }
        }
    }
}
