public import RecCore

extension Evaluation {
    /// A way to rank that is measured, with a name to show.
    public struct System: Sendable {
        /// The name.
        package let name: String

        /// How embeddings are compared.
        package let weighting: Weighting

        /// Creates a system.
        public init(_ name: String, _ weighting: Weighting) {
            self.name = name
            self.weighting = weighting
        }

        /// The weight that an attribute of the space has here.
        func weight(of attribute: AttributeSpace.Attribute) -> Double {
            weighting.attributes[attribute.name] ?? attribute.weight
        }

        /// Each block of a space alone, named for the block, and then all of them together as `fused`.
        ///
        /// - Parameters:
        ///   - space: The space of an index.
        ///   - fused: How the blocks count together; its weights of attributes are those of all systems.
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

    /// Measures several ways to rank on the same queries, and compares the last with each of the others.
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
    ///   - systems: The systems; the last is the one that the others are compared with.
    ///   - index: The index whose products are asked and answer; of a live index, as it is now.
    ///   - bootstrap: How confidence intervals are made.
    ///   - threads: The number of batches of products that are worked on at the same time; as a rule the number of cores.
    ///   - progress: Gets the number of products that are done, of all systems together.
    /// - Returns: What was measured, with intervals, and the gain of the last system over each other one.
    /// - Throws: As ``run(on:weighting:threads:progress:)`` does; an attribute that takes part in the score of one system is
    ///   refused for all of them. `RecError` with code `invalidSetting` also when there is no system.
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
