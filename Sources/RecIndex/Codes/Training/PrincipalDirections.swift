internal import RecCompute
internal import RecCore
internal import RecMath

/// Orthonormal directions that catch the most variance of some rows, in chunks of 64.
///
/// They come from ``SubspaceIteration`` with some directions more than asked for, so that the ones that are kept settle in
/// few rounds. Earlier chunks catch more; within a chunk, a Hadamard rotation with random signs spreads the variance evenly,
/// so that one step of the codes fits all.
struct PrincipalDirections: Sendable {
    /// The mean of the sample, `[dimension]`.
    let mean: [Float]
    /// The directions, `[count][dimension]`; those that do not exist are zero.
    let directions: [Float]
    /// How far the directions are from orthonormal: the Frobenius norm of V V^T - 1 over those that are not zero.
    let defect: Double

    private static let rounds = 4
    private static let spare = 16

    /// - Parameters:
    ///   - sample: Rows of `dimension` floats, zeros beyond them up to a multiple of 8 rows; centred on return.
    ///   - rowCount: The number of rows, which may be zero.
    ///   - dimension: Floats of a row.
    ///   - count: How many directions are wanted.
    ///   - team: The threads.
    init(sample: SharedNumbers<Float>, rowCount: Int, dimension: Int, count: Int, team: ThreadTeam) {
        mean = Self.center(sample, rowCount: rowCount, dimension: dimension)
        var random = SplitMix64(seed: 0x5EED)
        let wanted = min(count + Self.spare, dimension, rowCount)
        guard wanted > 0 else {
            directions = [Float](repeating: 0, count: count * dimension)
            defect = 0
            return
        }
        let basis = Self.iterate(
            sample,
            depth: sample.count / dimension,
            dimension: dimension,
            count: wanted,
            random: &random,
            team: team
        )
        let chosen = basis.isPresent.indices.filter { basis.isPresent[$0] }.prefix(count)
        directions = Self.rotated(
            basis.vectors,
            chosen: Array(chosen),
            count: count,
            dimension: dimension,
            random: &random
        )
        defect = Self.defect(of: directions, existing: chosen.count, dimension: dimension, on: team)
    }

    /// Directions that were found before.
    ///
    /// - Complexity: O(`count`² * dimension)
    init(mean: [Float], directions: [Float], count: Int) {
        self.mean = mean
        self.directions = directions
        let dimension = mean.count
        // Those that do not exist are zeros behind the others.
        let existing = (0..<count).count { direction in
            directions[direction * dimension..<(direction + 1) * dimension].contains { $0 != 0 }
        }
        defect = Self.defect(
            of: directions,
            existing: existing,
            dimension: dimension,
            on: SerialLoop()
        )
    }

    /// Takes the mean off the rows.
    private static func center(_ sample: SharedNumbers<Float>, rowCount: Int, dimension: Int) -> [Float] {
        guard rowCount > 0 else { return [Float](repeating: 0, count: dimension) }
        return sample.write(0..<rowCount * dimension) { sample in
            var sums = [Double](repeating: 0, count: dimension)
            for row in 0..<rowCount {
                for position in 0..<dimension { sums[position] += Double(sample[row * dimension + position]) }
            }
            let mean = sums.map { Float($0 / Double(rowCount)) }
            for row in 0..<rowCount {
                for position in 0..<dimension { sample[row * dimension + position] -= mean[position] }
            }
            return mean
        }
    }

    /// The leading eigenvectors of S^T S.
    private static func iterate(
        _ sample: SharedNumbers<Float>,
        depth: Int,
        dimension: Int,
        count: Int,
        random: inout SplitMix64,
        team: ThreadTeam
    ) -> SubspaceIteration {
        let forth = sample.read { MatrixProduct($0, columns: depth, depth: dimension, stretch: 512) }
        let back = sample.read { MatrixProduct(transposed: $0, columns: dimension, depth: depth, stretch: 512) }
        let current = SharedNumbers<Float>(repeating: 0, count: count * dimension)
        let shares = SharedNumbers<Float>(repeating: 0, count: count * forth.pitch)
        let next = SharedNumbers<Float>(repeating: 0, count: count * back.pitch)
        return SubspaceIteration(
            count: count,
            dimension: dimension,
            rounds: rounds,
            random: &random,
            on: team
        ) { rows in
            current.write { current in
                for index in rows.indices { current[index] = rows[index] }
            }
            forth.multiply(current, count: count, into: shares, team: team)
            back.multiply(shares, count: count, into: next, team: team)
            return next.read { next in
                (0..<count * dimension).map { next[$0 / dimension * back.pitch + $0 % dimension] }
            }
        }
    }

    /// The chosen rows, rotated chunk by chunk, with zeros behind them.
    private static func rotated(
        _ basis: LaneMatrix,
        chosen: [Int],
        count: Int,
        dimension: Int,
        random: inout SplitMix64
    ) -> [Float] {
        var directions = [Float](repeating: 0, count: count * dimension)
        for start in stride(from: 0, to: chosen.count, by: CodeShape.chunk) {
            var first = start
            let end = min(start + CodeShape.chunk, chosen.count)
            // A rotation takes a power of two; a chunk that is not full gets several.
            while first < end {
                var size = 1
                while size * 2 <= end - first { size *= 2 }
                let signs = (0..<size).map { _ in random.next() & 1 == 0 ? 1.0 : -1.0 }
                var values = [Double](repeating: 0, count: size)
                let scale = 1 / Double(size).squareRoot()
                let rows = chosen[first..<first + size].map { basis.row($0) }
                for position in 0..<dimension {
                    for place in 0..<size { values[place] = rows[place][position] * signs[place] * scale }
                    HadamardTransform.apply(to: &values)
                    for place in 0..<size {
                        directions[(first + place) * dimension + position] = Float(values[place])
                    }
                }
                first += size
            }
        }
        return directions
    }

    /// How far the first directions are from orthonormal, rounding included.
    private static func defect(
        of directions: [Float],
        existing: Int,
        dimension: Int,
        on loop: some ParallelLoop
    ) -> Double {
        let rows = LaneMatrix(Array(directions.prefix(existing * dimension)), rows: existing, columns: dimension)
        return rows.orthonormalityDefect(on: loop) * 1.000001 + 1e-12
    }
}
