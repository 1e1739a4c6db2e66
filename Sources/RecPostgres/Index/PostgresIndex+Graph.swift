public import RecCore
internal import RecEngines

extension PostgresIndex {
    /// Graphs of millions of products take hours.
    private static let graphDeadline = Duration.seconds(24 * 3600)

    /// Builds the graph for approximate searches; later changes keep it up to date.
    ///
    /// Loading goes several times faster before. Writers wait meanwhile, readers do not.
    ///
    /// - Parameters:
    ///   - links: The links of a product, from 2 to 100.
    ///   - candidates: The candidates for links, from twice their number to 1,000.
    /// - Throws: `RecError` with code `invalidSetting` for settings out of range, for a table that was created without a
    ///   place for a graph, or for one whose products are on shards, each of which has a graph of its own; `unreachable`
    ///   and `deadlineExceeded`.
    /// - Complexity: O(*n* log *n*) searches; some minutes for a hundred thousand products
    @concurrent
    public func buildGraph(links: Int = 16, candidates: Int = 64) async throws {
        guard (2...100).contains(links), (2 * links...1000).contains(candidates) else {
            throw RecError(
                .invalidSetting,
                "A graph has 2 to 100 links, and candidates from twice as many to 1000; these are \(links) and "
                    + "\(candidates)."
            )
        }
        try requirePlaceForGraph()
        guard layout.shards.isEmpty else {
            throw RecError(
                .invalidSetting,
                "Other servers have the products of \(layout.name.products): open the index on each of them, and build its "
                    + "graph there."
            )
        }
        let present = try await read([
            PostgresStatement(
                "select 1 from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid "
                    + "join pg_catalog.pg_am a on a.oid = c.relam where a.amname = 'hnsw' and i.indisvalid "
                    + "and i.indrelid = to_regclass($1)",
                [try .text(layout.name.products)]
            )
        ])
        guard present[0].isEmpty else { return }
        let statements = ([try layout.check()] + layout.graph(links: links, candidates: candidates)).map { statement in
            var statement = statement
            statement.deadline = Self.graphDeadline
            return statement
        }
        do {
            _ = try await client.run(statements)
        } catch let failure as PostgresFailure {
            throw failure.error(layout.name)
        }
    }

    /// Checks that the table was made with a place for a graph.
    package func requirePlaceForGraph() throws(RecError) {
        guard layout.navigation != nil else {
            throw RecError(
                .invalidSetting,
                "The table \(layout.name.products) was made without a place for a graph; create it anew with one."
            )
        }
    }

    /// The least effort of a fixed ladder that reaches a recall on a sample; measured off the caller's actor.
    ///
    /// A product of the answer counts as found when its score reaches that of the last one of the exact answer, so that
    /// products of equal score are interchangeable.
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
        let measurement = RecallMeasurement(count: count, sample: sample, weighting: weighting)
        let efforts = layout.navigation == nil ? [] : [20, 40, 80, 160, 320, 640, 1000]
        let ladder = efforts.map {
            (effort: Effort.approximate(candidates: $0), index: with(.approximate(candidates: $0)))
        }
        return try await measurement.least(reaching: recall, of: ladder, exact: with(.exact), progress: progress)
            ?? (.exact, 1)
    }

    func with(_ effort: Effort) -> PostgresIndex {
        var index = self
        index.effort = effort
        return index
    }
}

extension PostgresIndex {
    /// The texts that the host stored with the index, by name.
    public var notes: [String: String] { layout.notes }
}
