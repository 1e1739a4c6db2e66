public import RecCore
internal import RecEngines

extension MilvusIndex {
    /// The most candidates of an approximate search.
    private static let mostCandidates = 16_384

    /// The nearest products to each query, as by an index in this process.
    ///
    /// Queries of one kind are one call. A search is one round trip as a rule; it takes another one or two where more
    /// products than were fetched have nearly the score of the last one, or where a query wants some hundred products, and
    /// when it meets a product with blocks, attributes or numbers that none had before.
    ///
    /// - Throws: `RecError` as `SimilarityIndex` does; `invalidRequest` is also the kind for a formula of the host's own,
    ///   for a weight of an attribute whose weight is 0 in the space, and for filters that Milvus does not take;
    ///   `invalidSetting` for an ``effort-swift.property`` out of range; `tooManyTies` when more than 16,384 products could
    ///   be the last one by their score; `unfinishedIndex`, `collectionReplaced`, `unreachable` and `deadlineExceeded`. An answer is never
    ///   partial.
    public func search(_ queries: [SearchQuery]) async throws -> [[Neighbor]] {
        guard !queries.isEmpty else { return [] }
        let candidates = try checkedCandidates()
        for query in queries { try query.validate(inEngine: "collection", space) }
        let search = CollectionSearch(collection, moment, candidates: candidates)
        var answers = [[Neighbor]](repeating: [], count: queries.count)
        var grouped: [Int: GroupedSearch] = [:]
        var pending: [(position: Int, query: SearchQuery)] = []
        for (position, query) in queries.enumerated() {
            guard !query.groups.isEmpty else {
                pending.append((position, query))
                continue
            }
            // A round trip costs more than some hundred products.
            var search = GroupedSearch(query, fetching: min(collection.rowsInAnswer / 8, 512))
            if let next = search.next() { pending.append((position, next)) }
            grouped[position] = search
        }
        var names = queries.reduce(into: Set<String>()) { $0.formUnion($1.attributeNames) }
        while !pending.isEmpty || !names.isEmpty {
            try Task.checkCancellation()
            let found = try await search.answers(pending.map(\.query), checking: names.sorted())
            names = []
            var next: [(position: Int, query: SearchQuery)] = []
            for (item, answer) in zip(pending, found) {
                guard var search = grouped[item.position] else {
                    answers[item.position] = answer
                    continue
                }
                search.receive(answer)
                if let query = search.next() { next.append((item.position, query)) }
                answers[item.position] = search.answer
                grouped[item.position] = search
            }
            pending = next
        }
        return answers
    }

    private func checkedCandidates() throws(RecError) -> Int? {
        guard case .approximate(let candidates) = effort else { return nil }
        guard (1...Self.mostCandidates).contains(candidates) else {
            throw RecError(
                .invalidSetting,
                "There are \(candidates) candidates; there must be 1 to \(Self.mostCandidates)."
            )
        }
        try requireGraph()
        return candidates
    }

    /// Checks that the collection was made with a graph.
    package func requireGraph() throws(RecError) {
        guard collection.hasGraph else {
            throw RecError(
                .invalidSetting,
                "The collection '\(collection.name)' was made without a graph; create it anew with one."
            )
        }
    }
}
