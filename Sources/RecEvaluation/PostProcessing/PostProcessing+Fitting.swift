public import RecCore
internal import RecMath

extension PostProcessing {
    /// Fits the steps to a sample of vectors.
    ///
    /// The sample should be drawn at random from the catalogue; several times as many vectors as they have components
    /// are enough. The same vectors in the same order give the same transform, bit by bit. Fitting 10,000 vectors of 1280
    /// components takes some ten seconds on one thread, which is the calling one.
    ///
    /// - Parameters:
    ///   - sample: The vectors, all made by the same recipe.
    ///   - progress: Is told the share of the work that is done, from 0 to 1.
    /// - Returns: The transform for vectors of the recipe that the sample has.
    /// - Throws: `RecError` with code `fittingFailed` when the sample is empty, or has fewer directions than are
    ///   asked for, or when the projection is `discriminants`, which need groups; `recipeMismatch` or
    ///   `dimensionMismatch` when the vectors are not all alike. `CancellationError` soon after the task was cancelled.
    /// - Complexity: O(*n* *d*^2 + *d*^3) for *n* vectors of *d* components; O(*d*^2) memory beside the sample
    public func fit(
        to sample: [DenseVector],
        progress: (@Sendable (Double) -> Void)? = nil
    ) throws -> EmbeddingTransform {
        if case .discriminants = projection {
            throw RecError(.fittingFailed, "Discriminants need the group of each vector; call fit(to:groups:).")
        }
        return try fitted(to: Sample(sample, power: power), groups: [], progress ?? { _ in })
    }

    /// Fits the steps to a sample of vectors of which it is known what belongs together.
    ///
    /// A group is whatever should be near to each other: products of one kind, variants of one product, what customers
    /// looked at in one visit. Vectors without a group, or alone in it, take part in the mean only.
    ///
    /// - Parameters:
    ///   - sample: The vectors, all made by the same recipe.
    ///   - groups: For each vector the name of its group, or `nil`.
    ///   - progress: Is told the share of the work that is done, from 0 to 1.
    /// - Returns: The transform for vectors of the recipe that the sample has.
    /// - Throws: As ``fit(to:progress:)`` does; `fittingFailed` also when fewer than two groups have two vectors.
    /// - Precondition: There are as many groups as vectors.
    /// - Complexity: O(*n* *d*^2 + *d*^3) for *n* vectors of *d* components; O(*d*^2) memory beside the sample
    public func fit(
        to sample: [DenseVector],
        groups: [String?],
        progress: (@Sendable (Double) -> Void)? = nil
    ) throws -> EmbeddingTransform {
        precondition(sample.count == groups.count, "each vector needs a group, or nil")
        return try fitted(to: Sample(sample, power: power), groups: groups, progress ?? { _ in })
    }

    private func fitted(
        to sample: Sample,
        groups: [String?],
        _ progress: (Double) -> Void
    ) throws -> EmbeddingTransform {
        progress(0)
        let mean: [Double]? = projection == .none ? nil : try sample.mean()
        let matrix: LaneMatrix? =
            switch projection {
            case .none, .centring: nil
            case .principalComponents(let dimension, let exponent):
                try PrincipalComponents(sample, mean: mean ?? [], limit: dimension, progress).scaled(by: exponent)
            case .discriminants(let dimension, let shrinkage):
                try Discriminants(groups, shrinkage: shrinkage)
                    .directions(of: sample, mean: mean ?? [], limit: dimension, progress)
            }
        progress(1)
        return EmbeddingTransform(
            base: sample.recipe,
            inputDimension: sample.dimension,
            steps: fields,
            power: power,
            mean: mean.map { $0.map { Float($0) } },
            matrix: matrix.map { matrix in (0..<matrix.rows).map { matrix.row($0).map { Float($0) } } }
        )
    }
}
