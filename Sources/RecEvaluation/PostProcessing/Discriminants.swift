internal import RecCore
internal import RecMath

/// Fisher's linear discriminants: the directions that separate groups.
struct Discriminants {
    /// The number of each vector's group; `nil` for one that has none or is alone in it.
    private let groups: [Int?]
    private let counts: [Int]
    private let shrinkage: Double

    /// Numbers the groups.
    ///
    /// - Throws: `RecError` with code `fittingFailed` when fewer than two groups have two vectors.
    init(_ names: [String?], shrinkage: Double) throws {
        let names = names.map { $0.map { ByteString($0) } }
        var sizes: [ByteString: Int] = [:]
        for name in names { if let name { sizes[name, default: 0] += 1 } }
        var numbers: [ByteString: Int] = [:]
        var counts: [Int] = []
        groups = names.map { name in
            guard let name, let size = sizes[name], size > 1 else { return nil }
            if let number = numbers[name] { return number }
            numbers[name] = counts.count
            counts.append(size)
            return counts.count - 1
        }
        guard counts.count > 1 else {
            throw RecError(
                .fittingFailed,
                "Discriminants need two groups of two vectors at least; the sample has \(counts.count)."
            )
        }
        self.counts = counts
        self.shrinkage = shrinkage
    }

    /// The directions as rows, the most discriminating first.
    func directions(
        of sample: Sample,
        mean: [Double],
        limit: Int?,
        _ progress: (Double) -> Void
    ) throws -> LaneMatrix {
        if let limit, limit >= counts.count || limit > sample.dimension {
            throw RecError(
                .fittingFailed,
                "\(limit) discriminants are wanted of \(counts.count) groups and \(sample.dimension) components; there are "
                    + "at most \(min(counts.count - 1, sample.dimension))."
            )
        }
        let centers = try centers(of: sample, mean)
        let within = try within(sample, mean, centers) { progress(0.2 * $0) }
        let whitening = try Self.whitening(within) { progress(0.2 + 0.4 * $0) }
        // In the whitened space the discriminants are the principal components of the groups' means.
        let kept = counts.reduce(0, +)
        let overall = (0..<sample.dimension).map { column in
            zip(centers, counts).reduce(0) { $0 + $1.0[column] * Double($1.1) } / Double(kept)
        }
        var scatter = ScatterMatrix(columns: whitening.rows)
        for (center, count) in zip(centers, counts) {
            let weight = (Double(count) / Double(kept)).squareRoot()
            var row = LaneMatrix(rows: 1, columns: sample.dimension)
            for column in 0..<sample.dimension { row[0, column] = (center[column] - overall[column]) * weight }
            try scatter.add((0..<whitening.rows).map { whitening.dot($0, row, 0) })
        }
        let between = try scatter.finish(divisor: 1)
        let eigen = try SymmetricEigen.significant(
            of: between,
            limit: limit ?? min(counts.count - 1, whitening.rows),
            atLeast: limit
        ) { progress(0.6 + 0.4 * $0) }
        var rows = LaneMatrix(rows: eigen.values.count, columns: sample.dimension)
        for row in 0..<rows.rows {
            try Task.checkCancellation()
            for (inner, factor) in eigen.vectors.row(row).enumerated() { rows.add(factor, whitening, inner, to: row) }
        }
        return rows
    }

    /// The mean of each group.
    private func centers(of sample: Sample, _ mean: [Double]) throws -> [[Double]] {
        var centers = [[Double]](repeating: [Double](repeating: 0, count: sample.dimension), count: counts.count)
        for (number, group) in groups.enumerated() {
            guard let group else { continue }
            if number.isMultiple(of: 256) { try Task.checkCancellation() }
            for (column, value) in sample.row(number, less: mean).enumerated() { centers[group][column] += value }
        }
        for (group, count) in counts.enumerated() {
            for column in centers[group].indices { centers[group][column] /= Double(count) }
        }
        return centers
    }

    /// The covariance within the groups, shrunk toward its mean variance.
    private func within(
        _ sample: Sample,
        _ mean: [Double],
        _ centers: [[Double]],
        _ progress: (Double) -> Void
    ) throws -> LaneMatrix {
        var scatter = ScatterMatrix(columns: sample.dimension)
        for (number, group) in groups.enumerated() {
            guard let group else { continue }
            if number.isMultiple(of: 256) { progress(Double(number) / Double(groups.count)) }
            var row = sample.row(number, less: mean)
            for (column, value) in centers[group].enumerated() { row[column] -= value }
            try scatter.add(row)
        }
        var within = try scatter.finish(divisor: Double(counts.reduce(0, +)))
        let variance = (0..<within.rows).reduce(0) { $0 + within[$1, $1] } / Double(within.rows)
        for row in 0..<within.rows {
            within.scale(row, by: 1 - shrinkage)
            within[row, row] += shrinkage * variance
        }
        return within
    }

    /// The rows that make the covariance within the groups the identity.
    private static func whitening(_ within: LaneMatrix, _ progress: (Double) -> Void) throws -> LaneMatrix {
        let eigen = try SymmetricEigen.significant(of: within, atLeast: nil, progress: progress)
        var rows = eigen.vectors
        for (row, variance) in eigen.values.enumerated() { rows.scale(row, by: 1 / variance.squareRoot()) }
        return rows
    }
}
