public import RecCore
package import RecEngines

extension MilvusIndex {
    /// The least effort of a fixed ladder that reaches a recall on a sample; measured off the caller's actor.
    ///
    /// A product of the answer counts as found when its score reaches that of the last one of the exact answer, so that
    /// products of equal score are interchangeable. The exact answers are found by reading all products once.
    ///
    /// - Parameters:
    ///   - recall: The share of the exact answers that must be found, from 0 to 1.
    ///   - count: The number of neighbours.
    ///   - sample: The number of queries; all products when there are no more.
    ///   - weighting: How embeddings are compared.
    ///   - progress: Gets the number of finished queries.
    /// - Returns: The effort and its measured recall; ``Effort-swift.enum/exact`` and 1 when no lower effort reaches
    ///   it.
    /// - Throws: `RecError` with code `invalidSetting` for a recall or a sample out of range, and as ``search(_:)``
    ///   does; `CancellationError` soon after the task is cancelled.
    @concurrent
    public func leastEffort(
        forRecall recall: Double,
        count: Int = 10,
        sample: Int = 200,
        weighting: Weighting = .standard,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> (effort: Effort, recall: Double) {
        let measurement = RecallMeasurement(
            count: count,
            sample: sample,
            weighting: weighting,
            batch: collection.hasGraph ? max(sample, 1) : 1
        )
        let efforts = collection.hasGraph ? [32, 64, 128, 256, 512, 1024, 4096] : []
        let ladder = efforts.map {
            (effort: Effort.approximate(candidates: $0), index: with(.approximate(candidates: $0)))
        }
        return try await measurement.least(reaching: recall, of: ladder, exact: with(.exact), progress: progress)
            ?? (.exact, 1)
    }

    private func with(_ effort: Effort) -> MilvusIndex {
        var index = self
        index.effort = effort
        return index
    }
}

extension MilvusIndex {
    /// The texts that the host stored with the index, by name.
    public var notes: [String: String] { collection.properties.notes }

    /// Whether the collection was made with a graph.
    package var hasGraph: Bool { collection.hasGraph }
}

extension MilvusIndex: PublishTarget, AnnotatedIndex {
    package func digests(after id: ProductID?, count limit: Int) async throws -> [PublishedProduct] {
        // A publisher must see what others wrote before it began, and may see less of what they write meanwhile.
        let moment = id == nil ? moment(.strong) : moment(.session)
        return try await collection.page(after: id, count: limit, [MilvusRow.Field.digest], moment) { ids, columns in
            let digests = columns.texts(MilvusRow.Field.digest) ?? []
            guard digests.count == ids.count else { throw MilvusRow.damage }
            return zip(ids, digests).map { id, text in
                PublishedProduct(id: id, digest: Base64.decode(text).map { ProductDigest(bytes: $0) })
            }
        }
    }

    package func prepareSearches(progress: (@Sendable (WorkProgress) -> Void)?) async throws {
        try await collection.flush()
    }

    package func finishPublishing() async throws { try await collection.finish() }

    package var searchedExactly: MilvusIndex { with(.exact) }

    package var queriesAtOnce: Int { collection.hasGraph ? 1000 : 1 }
}
