internal import RecCore

/// Compares the answers of a target and its source for some of their products.
struct AnswerComparison {
    /// The products whose neighbours are compared.
    let ids: [ProductID]

    private static let neighbors = 10

    /// Neighbours beyond those, among which a cut is looked for.
    private static let spare = 20

    /// What separates scores of single precision that were summed in different orders, by a wide margin.
    private static let tolerance = 1e-6

    /// Compares counts and answers.
    ///
    /// Products whose scores are within rounding of each other may come in either order. A query that has too many ties for
    /// the target is left out.
    ///
    /// - Returns: The number of products whose neighbours were compared.
    /// - Throws: `RecError` with code `differentAnswers`.
    func compare(
        _ index: some PublishTarget,
        with reference: some SimilarityIndex,
        _ progress: (@Sendable (WorkProgress) -> Void)?
    ) async throws -> Int {
        let queries = try await zip(ids, reference.embeddings(of: ids)).filter { !$1.blocks.isEmpty }.map {
            SearchQuery($1, count: Self.neighbors, excluded: [$0])
        }
        let reporter = ProgressReporter("comparing answers", total: ids.count, to: progress)
        var skipped = 0
        if let index = index as? any CountingTarget {
            let rest = try await count(queries, in: index, as: reference)
            reporter.report(done: ids.count - rest.count)
            skipped = try await search(rest, in: index, as: reference, reporter)
        } else {
            try Self.compare(try await index.productCount(), try await reference.productCount())
            skipped = try await search(queries, in: index, as: reference, reporter)
        }
        reporter.report(done: ids.count)
        return ids.count - skipped
    }

    /// Counts the products of the target that are as near as the neighbours, and compares the neighbours themselves.
    ///
    /// When they are the same and no other product is as near, a search gives the same answer.
    ///
    /// - Returns: The queries whose neighbours no cut separates from the rest.
    private func count(
        _ queries: [SearchQuery],
        in index: any CountingTarget,
        as reference: some SimilarityIndex
    ) async throws -> [SearchQuery] {
        var cuts: [ScoreCut] = []
        var rest: [SearchQuery] = []
        let wider = queries.map { query in
            var query = query
            query.count += Self.spare
            return query
        }
        for (query, (wide, answer)) in zip(queries, zip(wider, try await reference.search(wider))) {
            let margin = try index.margin(of: wide)
            if let cut = ScoreCut(wide, answer, least: Self.neighbors, margin: margin) {
                cuts.append(cut)
            } else {
                rest.append(query)
            }
        }
        let counts = try await index.count(above: cuts)
        try Self.compare(counts.products, try await reference.productCount())
        let nearest = Set(cuts.flatMap(\.nearest)).sorted()
        let pairs = zip(try await index.products(nearest, .all), try await reference.products(nearest, .all))
        let different = Set(zip(nearest, pairs).filter { !areEqual($1.0, $1.1, in: index.space) }.map(\.0))
        for (cut, count) in zip(cuts, counts.above) {
            guard count == cut.nearest.count, different.isDisjoint(with: cut.nearest) else {
                throw Self.otherNeighbors(cut.query)
            }
        }
        return rest
    }

    private func areEqual(_ given: IndexedProduct?, _ wanted: IndexedProduct?, in space: EmbeddingSpace) -> Bool {
        guard let given = EmbeddedProduct(indexed: given), let wanted = EmbeddedProduct(indexed: wanted) else {
            return false
        }
        return ProductDigest(given, in: space) == ProductDigest(wanted, in: space)
    }

    /// - Returns: The number of queries that the target could not answer.
    private func search(
        _ queries: [SearchQuery],
        in index: some PublishTarget,
        as reference: some SimilarityIndex,
        _ reporter: ProgressReporter
    ) async throws -> Int {
        var skipped = 0
        let done = ids.count - queries.count
        for start in stride(from: 0, to: queries.count, by: index.queriesAtOnce) {
            try Task.checkCancellation()
            let part = Array(queries[start..<min(start + index.queriesAtOnce, queries.count)])
            let (given, wanted) = (try await answers(to: part, of: index), try await reference.search(part))
            for (query, (given, wanted)) in zip(part, zip(given, wanted)) {
                guard let given else {
                    skipped += 1
                    continue
                }
                guard Self.areEqual(given, wanted) else { throw Self.otherNeighbors(query) }
            }
            reporter.report(done: done + start + part.count)
        }
        return skipped
    }

    /// The answers; `nil` for a query with too many ties.
    private func answers(to queries: [SearchQuery], of index: some PublishTarget) async throws -> [[Neighbor]?] {
        do {
            return try await index.search(queries)
        } catch let error as RecError where error.code == .tooManyTies {
            guard queries.count > 1 else { return [nil] }
            var answers: [[Neighbor]?] = []
            for query in queries { answers += try await self.answers(to: [query], of: index) }
            return answers
        }
    }

    private static func compare(_ count: Int, _ expected: Int) throws(RecError) {
        guard count != expected else { return }
        throw RecError(
            .differentAnswers,
            "The target has \(count) products and the source \(expected). Publish again when nothing changes the "
                + "target."
        )
    }

    private static func otherNeighbors(_ query: SearchQuery) -> RecError {
        RecError(
            .differentAnswers,
            "The target gives other neighbours for product '\(query.excluded.first ?? "")'."
        )
    }

    /// Whether two answers are the same but for rounding.
    private static func areEqual(_ given: [Neighbor], _ wanted: [Neighbor]) -> Bool {
        let isRanked = zip(given, wanted).allSatisfy { abs($0.score - $1.score) <= tolerance }
        guard given.count == wanted.count, isRanked, let last = wanted.last else {
            return given.isEmpty && wanted.isEmpty
        }
        let scores = Dictionary(given.map { ($0.id, $0.score) }) { first, _ in first }
        guard scores.count == given.count else { return false }
        return wanted.allSatisfy { neighbor in
            // Another product may have taken the place of one of the last.
            guard let score = scores[neighbor.id] else { return neighbor.score <= last.score + tolerance }
            return abs(score - neighbor.score) <= tolerance
        }
    }
}
