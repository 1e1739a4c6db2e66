/// The principal components of a sample.
struct PrincipalComponents {
    private let eigen: SymmetricEigen

    /// Finds the components of greatest variance; as many as there are when `limit` is `nil`.
    ///
    /// - Throws: ``RecCoreError`` with code `fittingFailed` when there are fewer than `limit`, or none.
    init(_ sample: Sample, mean: [Double], limit: Int?, _ progress: (Double) -> Void) throws {
        if let limit, limit > sample.dimension {
            throw RecCoreError(
                .fittingFailed,
                "\(limit) principal components are wanted of vectors with \(sample.dimension) components."
            )
        }
        var scatter = ScatterMatrix(columns: sample.dimension)
        for number in 0..<sample.count {
            try scatter.add(sample.row(number, less: mean))
            if number.isMultiple(of: 256) { progress(0.3 * Double(number) / Double(sample.count)) }
        }
        let covariance = try scatter.finish(divisor: Double(max(sample.count - 1, 1)))
        let all = try SymmetricEigen(covariance, limit: limit) { progress(0.3 + 0.7 * $0) }
        eigen = try all.significant(atLeast: limit)
    }

    /// The components as rows, each scaled by its variance raised to a power.
    func scaled(by exponent: Double) -> LaneMatrix {
        var rows = eigen.vectors
        for (row, variance) in eigen.values.enumerated() {
            rows.scale(row, by: PowerFunction.of(variance, exponent))
        }
        return rows
    }
}

extension SymmetricEigen {
    /// The pairs whose eigenvalue is not rounding error.
    ///
    /// - Throws: ``RecCoreError`` with code `fittingFailed` when there are none, or fewer than `wanted`.
    func significant(atLeast wanted: Int?) throws -> SymmetricEigen {
        let greatest = values.first ?? 0
        let count = greatest > 0 ? values.count { $0 > greatest * 1e-10 } : 0
        guard count > 0 else {
            throw RecCoreError(
                .fittingFailed,
                "The vectors of the sample are all alike; there is no direction to find."
            )
        }
        guard count >= wanted ?? 0 else {
            throw RecCoreError(
                .fittingFailed,
                "The sample has \(count) directions, and \(wanted ?? 0) are wanted. Hand in more vectors, or ask for fewer."
            )
        }
        return SymmetricEigen(values: values, vectors: vectors, keeping: count)
    }

    private init(values: [Double], vectors: LaneMatrix, keeping count: Int) {
        self.values = Array(values.prefix(count))
        var kept = LaneMatrix(rows: count, columns: vectors.columns)
        for group in kept.lanes.indices { kept.lanes[group] = vectors.lanes[group] }
        self.vectors = kept
    }
}
