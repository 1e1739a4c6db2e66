public import RecCore
internal import RecMath

extension PostProcessing {
    /// Fits the steps to a sample of vectors.
    ///
    /// Draw the sample at random from the catalogue; several times as many vectors as components are enough. The same
    /// vectors in the same order give the same transform, bit by bit. Fitting 10,000 vectors of 1280 components takes
    /// some ten seconds on one thread.
    ///
    /// Discriminants also need groups of vectors. The products of a group should be near each other: products of one
    /// kind, variants of one product, or products viewed in one visit. Vectors without a group, or alone in one, affect
    /// only the mean.
    ///
    /// - Parameters:
    ///   - sample: The vectors, all made by the same recipe.
    ///   - groups: For each vector the name of its group, or `nil`; only discriminants need it.
    ///   - progress: Gets the percentage of finished work.
    /// - Returns: The transform for vectors of the sample's recipe.
    /// - Throws: `RecError` with code `fittingFailed` when the sample is empty, or has fewer directions than requested,
    ///   or when the projection is `discriminants` and fewer than two groups have two vectors; `recipeMismatch` or
    ///   `dimensionMismatch` when the vectors differ in recipe or dimension; `invalidSetting` when a setting is out of
    ///   its range or there are not as many groups as vectors. `CancellationError` soon after the task is cancelled.
    /// - Complexity: O(*n* *d*^2 + *d*^3) for *n* vectors of *d* components; O(*d*^2) memory beside the sample
    @concurrent
    public func fit(
        to sample: [DenseVector],
        groups: [String?]? = nil,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> EmbeddingTransform {
        try fitted(to: sample, groups: groups, progress)
    }

    /// Does the same as the asynchronous function, on the thread of the caller.
    package func fit(
        to sample: [DenseVector],
        groups: [String?]? = nil,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) throws -> EmbeddingTransform {
        try fitted(to: sample, groups: groups, progress)
    }

    private func fitted(
        to sample: [DenseVector],
        groups: [String?]?,
        _ progress: (@Sendable (WorkProgress) -> Void)?
    ) throws -> EmbeddingTransform {
        try validate()
        if case .discriminants = projection, groups == nil {
            throw RecError(.fittingFailed, "Discriminants need the group of each vector; call fit(to:groups:).")
        }
        if let groups, groups.count != sample.count {
            throw RecError(
                .invalidSetting,
                "There are \(groups.count) groups for \(sample.count) vectors; each needs one."
            )
        }
        let reporter = ProgressReporter("fitting", total: 100, to: progress)
        return try fitted(to: Sample(sample, power: power), groups: groups ?? []) {
            reporter.report(done: Int(100 * $0))
        }
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
