internal import RecCore
internal import RecMath

/// The principal components of a sample.
struct PrincipalComponents {
    private let eigen: SymmetricEigen

    /// Finds the components of greatest variance; as many as there are when `limit` is `nil`.
    ///
    /// - Throws: `RecError` with code `fittingFailed` when there are fewer than `limit`, or none.
    init(_ sample: Sample, mean: [Double], limit: Int?, _ progress: (Double) -> Void) throws {
        if let limit, limit > sample.dimension {
            throw RecError(
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
        eigen = try .significant(of: covariance, limit: limit, atLeast: limit) { progress(0.3 + 0.7 * $0) }
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
