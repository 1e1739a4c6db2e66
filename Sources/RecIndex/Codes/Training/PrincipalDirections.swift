internal import RecCompute
internal import RecCore
internal import RecMath

/// Orthonormal directions that catch the most variance of some rows, in chunks of 64.
///
/// They come from orthogonal iteration (Golub and Van Loan, Matrix Computations, section 8.2.4) with some directions more
/// than asked for, so that the ones that are kept settle in few rounds. Earlier chunks catch more; within a chunk, a
/// Hadamard rotation with random signs spreads the variance evenly, so that one step of the codes fits all.
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
        // What is left of a direction after rounding errors is no direction.
        var isPresent = basis.run(tolerance: 1e-3)
        for (row, isLeft) in basis.run(tolerance: 1e-3).enumerated() where !isLeft { isPresent[row] = false }
        let chosen = isPresent.indices.filter { isPresent[$0] }.prefix(count)
        directions = Self.rotated(basis, chosen: Array(chosen), count: count, dimension: dimension, random: &random)
        defect = Self.defect(of: directions, existing: chosen.count, dimension: dimension, team: team)
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
            of: Array(directions[..<(existing * dimension)]),
            existing: existing,
            dimension: dimension,
            team: ThreadTeam(count: 1)
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

    /// The leading directions of S^T S, which are orthonormal up to rounding errors.
    private static func iterate(
        _ sample: SharedNumbers<Float>,
        depth: Int,
        dimension: Int,
        count: Int,
        random: inout SplitMix64,
        team: ThreadTeam
    ) -> Orthonormalization {
        let forth = sample.read { MatrixProduct($0, columns: depth, depth: dimension, stretch: 512) }
        let back = sample.read { MatrixProduct(transposed: $0, columns: dimension, depth: depth, stretch: 512) }
        let basis = Orthonormalization(count: count, dimension: dimension, team: team)
        let current = SharedNumbers<Float>(repeating: 0, count: count * dimension)
        let shares = SharedNumbers<Float>(repeating: 0, count: count * forth.pitch)
        let next = SharedNumbers<Float>(repeating: 0, count: count * back.pitch)
        current.write { current in
            for index in current.indices { current[index] = random.centered() }
        }
        for _ in 0..<rounds {
            forth.multiply(current, count: count, into: shares, team: team)
            back.multiply(shares, count: count, into: next, team: team)
            next.read { basis.fill($0, pitch: back.pitch, dimension: dimension) }
            _ = basis.run(tolerance: 3e-7)
            current.write { basis.copy(to: &$0, dimension: dimension) }
        }
        return basis
    }

    /// The chosen rows, rotated chunk by chunk, with zeros behind them.
    private static func rotated(
        _ basis: Orthonormalization,
        chosen: [Int],
        count: Int,
        dimension: Int,
        random: inout SplitMix64
    ) -> [Float] {
        var directions = [Float](repeating: 0, count: count * dimension)
        for start in stride(from: 0, to: chosen.count, by: ProductCodes.chunk) {
            var first = start
            let end = min(start + ProductCodes.chunk, chosen.count)
            // A rotation takes a power of two; a chunk that is not full gets several.
            while first < end {
                var size = 1
                while size * 2 <= end - first { size *= 2 }
                let signs = (0..<size).map { _ in random.next() & 1 == 0 ? 1.0 : -1.0 }
                var values = [Double](repeating: 0, count: size)
                let scale = 1 / Double(size).squareRoot()
                basis.rows.read { rows in
                    for position in 0..<dimension {
                        for place in 0..<size {
                            let lanes = rows[chosen[first + place] * basis.width + position / 8]
                            values[place] = lanes[position % 8] * signs[place] * scale
                        }
                        hadamard(&values)
                        for place in 0..<size {
                            directions[(first + place) * dimension + position] = Float(values[place])
                        }
                    }
                }
                first += size
            }
        }
        return directions
    }

    /// Hadamard's transform of as many values as a power of two, without a scale.
    private static func hadamard(_ values: inout [Double]) {
        var half = 1
        while half < values.count {
            for start in stride(from: 0, to: values.count, by: 2 * half) {
                for place in start..<start + half {
                    let (one, other) = (values[place], values[place + half])
                    values[place] = one + other
                    values[place + half] = one - other
                }
            }
            half *= 2
        }
    }

    private static func defect(of directions: [Float], existing: Int, dimension: Int, team: ThreadTeam) -> Double {
        let rows = Orthonormalization(count: existing, dimension: dimension, team: team)
        rows.fill(directions.span, pitch: dimension, dimension: dimension)
        let products = rows.products()
        var sum = 0.0
        for row in 0..<existing {
            for other in 0..<row { sum += 2 * products[row * existing + other] * products[row * existing + other] }
            let diagonal = products[row * existing + row] - 1
            sum += diagonal * diagonal
        }
        return sum.squareRoot() * 1.000001 + 1e-12
    }
}
