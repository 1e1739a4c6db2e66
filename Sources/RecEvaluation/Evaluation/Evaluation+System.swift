public import RecCore

extension Evaluation {
    /// A named weighting to evaluate.
    public struct System: Sendable {
        /// The name.
        package let name: String

        /// The weighting that compares embeddings.
        package let weighting: Weighting

        /// Creates a system.
        public init(_ name: String, _ weighting: Weighting) {
            self.name = name
            self.weighting = weighting
        }

        /// The weight of an attribute of the space in this system.
        func weight(of attribute: AttributeSpace.Attribute) -> Double {
            weighting.attributes[attribute.name] ?? attribute.weight
        }

        /// A system for each block of a space alone, named after the block, followed by `fused` for all blocks
        /// together.
        ///
        /// - Parameters:
        ///   - space: The space of an index.
        ///   - fused: The weights of the blocks together; all systems use its weights of attributes.
        /// - Returns: The systems; `fused` is the last, and the only one in a space of one block.
        public static func blocksAndFused(
            of space: EmbeddingSpace,
            _ fused: Weighting = .standard
        ) -> [System] {
            let together = System("fused", fused)
            guard space.blocks.count > 1 else { return [together] }
            let alone = space.blocks.compactMap { block in
                (try? BlockWeights([block.name: 1])).map {
                    System(block.name.rawValue, Weighting($0, attributes: fused.attributes))
                }
            }
            return alone + [together]
        }
    }

    /// Evaluates several systems on the same queries, and compares the last with each of the others.
    ///
    /// ```swift
    /// let comparison = try await evaluation.compare(
    ///     Evaluation.System.blocksAndFused(of: index.space),
    ///     on: index,
    ///     threads: 4
    /// )
    /// print(comparison)
    /// ```
    /// - Parameters:
    ///   - systems: The systems; the last is compared with each of the others.
    ///   - index: The index; its products are the queries and the answers. A live index is evaluated in its present
    ///     state.
    ///   - bootstrap: The settings of the confidence intervals.
    ///   - threads: The number of batches of products that are processed at the same time; as a rule the number of
    ///     cores.
    ///   - progress: Gets the number of finished products, of all systems together.
    /// - Returns: The measures with intervals, and the gain of the last system over each other one.
    /// - Throws: As ``run(on:weighting:threads:progress:)`` does; it also throws if the relevance attribute affects the
    ///   score of any system. `RecError` with code `invalidSetting` also when there is no system.
    @concurrent
    public func compare(
        _ systems: [System],
        on index: some SimilarityIndex,
        bootstrap: Bootstrap = Bootstrap(),
        threads: Int = 1,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> EvaluationComparison {
        guard !systems.isEmpty else {
            throw RecError(.invalidSetting, "There is no system to measure; give at least one.")
        }
        try bootstrap.validate()
        let reports = try await run(systems, on: index, threads: threads, progress: progress)
        return try EvaluationComparison(comparing: zip(systems, reports).map { ($0.name, $1) }, bootstrap: bootstrap)
    }
}
