public import RecCore
internal import RecEngines

extension PostgresIndex {
    /// The nearest products to each query, as by an index in this process.
    ///
    /// - Throws: `RecError` as `SimilarityIndex` does; `invalidRequest` is also the kind for a formula of the host's
    ///   own and for weights of attributes that differ by more than 1e36; `invalidSetting` for an
    ///   ``effort-swift.property`` out of range; `tooManyTies` when products with nearly the same score would take more
    ///   than about 256 MiB; `unfinishedIndex`, `tableReplaced`, `unreachable` and `deadlineExceeded`. An answer is never partial.
    public func search(_ queries: [SearchQuery]) async throws -> [[Neighbor]] {
        guard !queries.isEmpty else { return [] }
        let candidates = try checkedCandidates()
        for query in queries { try query.validate(inEngine: "table", space) }
        var jobs: [QueryJob] = []
        for query in queries { jobs.append(try QueryJob(query, layout, candidates: candidates, tieBytes: tieBytes)) }
        var names = queries.reduce(into: Set<String>()) { $0.formUnion($1.attributeNames) }
        while !names.isEmpty || jobs.contains(where: { !$0.isFinished }) {
            try Task.checkCancellation()
            try await advance(&jobs, checking: names)
            names = []
        }
        return jobs.map(\.answer)
    }

    /// Makes one round trip: a part of the queries on each connection, where the client has several.
    private func advance(_ jobs: inout [QueryJob], checking names: Set<String>) async throws {
        let names = names.sorted()
        let open = jobs.indices.filter { !jobs[$0].isFinished }
        let width = min(max(open.count, 1), (client as? any ParallelClient)?.width ?? 1)
        var trips: [SearchTrip] = []
        for part in 0..<width {
            let chosen = open.enumerated().filter { $0.offset % width == part }.map(\.element)
            trips.append(
                try SearchTrip(
                    presence: try part == 0 ? names.map { try presence(of: $0) } : [],
                    jobs: chosen.map { ($0, jobs[$0]) },
                    graphSettings: graphSettings
                )
            )
        }
        let answers = try await read(together: trips.map(\.statements))
        if let unknown = names.indices.first(where: { answers[0][$0].isEmpty }) {
            try await refuse(names[unknown])
        }
        for (trip, answers) in zip(trips, answers) {
            for owner in trip.owners { try jobs[owner.job].receive(Array(answers[owner.range])) }
        }
    }
}

// MARK: - Checks

extension PostgresIndex {
    private func checkedCandidates() throws(RecError) -> Int? {
        guard case .approximate(let candidates) = effort else { return nil }
        guard (1...1000).contains(candidates) else {
            throw RecError(.invalidSetting, "There are \(candidates) candidates; there must be 1 to 1000.")
        }
        try requirePlaceForGraph()
        return candidates
    }

    /// Fails unless a product has the attribute by now.
    func refuse(_ name: String) async throws {
        let names = try await attributeNames()
        try RecError.requireKnown([name], among: names)
    }

    private var graphSettings: PostgresStatement {
        guard case .approximate(let candidates) = effort else { return PostgresStatement("select 1") }
        // Compiling pays for searches of all products only, which the planner adds to the cost of each.
        return PostgresStatement(
            "select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true), set_config('hnsw.ef_search', '\(candidates)', true), "
                + "set_config('hnsw.iterative_scan', 'relaxed_order', true)"
        )
    }
}
