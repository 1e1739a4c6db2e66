internal import RecCore
internal import RecEngines

extension CollectionSearch {
    /// The candidates of an approximate search that is made again since it found too few.
    private static let manyCandidates = 4096

    /// The answers to queries from what their searches found, with further waves where the end is a tie.
    func finish(_ jobs: [SearchJob]) async throws -> [[Neighbor]] {
        var answers = try await concurrently(jobs) { job in try await self.finish(job) }
        var places: [String: [Int]] = [:]
        for position in jobs.indices where answers[position] == nil {
            places[try filter(of: jobs[position].query), default: []].append(position)
        }
        for (filter, positions) in places {
            let scanned = try await scan(filter, positions.map { jobs[$0].query })
            for (position, answer) in zip(positions, scanned) { answers[position] = answer }
        }
        return answers.map { $0 ?? [] }
    }

    /// The answer to a query; `nil` when all rows have to be read for it.
    private func finish(_ job: SearchJob) async throws -> [Neighbor]? {
        guard job.query.count > 0, !job.found.isEmpty else { return [] }
        let most = rowsNeeded(for: job.query) + Self.tieMargin
        // A search that may list no more gives way to all rows.
        let isCutOff = job.found.contains { $0.last != nil && $0.step.count < most }
        if isCutOff || candidates == nil && collection.hasGraph { return nil }
        return candidates == nil ? try await exact(job) : try await approximate(job)
    }

    /// Products beyond the wanted ones that a search must be able to list.
    private static let tieMargin = 4

    private func exact(_ job: SearchJob) async throws -> [Neighbor]? {
        var known = MilvusCandidates(job.query, collection.layout.space)
        for item in job.found { known.add(item.rows) }
        try await complete(&known, job.found.flatMap(\.ids))
        let answer = try known.answer()
        let end = answer.count == job.query.count ? answer.last?.score : job.query.minimumScore
        let least = end ?? -.infinity
        let open = job.found.filter { item in item.last.map { $0 + item.step.group.error >= least } ?? false }
        guard !open.isEmpty else { return answer }
        guard least.isFinite else { return nil }
        let codesOnly = job.prepared.comparesCodesOnly
        let ties = try await concurrently(open) { item in
            try await self.ties(item.step, least, codesOnly: codesOnly)
        }
        if codesOnly {
            // The codes decide; vectors are needed of the answer only.
            for tie in ties { known.add(tie.rows) }
            try await complete(&known, try known.answer().map(\.id))
        } else {
            try await complete(&known, ties.flatMap(\.ids))
        }
        return try known.answer()
    }

    /// The answer from the candidates of a graph, which is never short: a search that found too few products is made
    /// again with more candidates, and then all rows are read.
    private func approximate(_ job: SearchJob) async throws -> [Neighbor]? {
        var known = MilvusCandidates(job.query, collection.layout.space)
        for item in job.found { known.add(item.rows) }
        try await complete(&known, job.found.flatMap(\.ids))
        let answer = try known.answer()
        guard answer.count < job.query.count else { return answer }
        let short = try await short(job.found)
        guard !short.isEmpty else { return answer }
        let again = try await concurrently(short) { item in
            try await self.find([item.step], candidates: Self.manyCandidates)
        }.flatMap(\.self)
        for item in again { known.add(item.rows) }
        try await complete(&known, again.flatMap(\.ids))
        let second = try known.answer()
        guard second.count < job.query.count, try await !self.short(again).isEmpty else { return second }
        return nil
    }

    /// The searches that found fewer products than there are.
    private func short(_ found: [Found]) async throws -> [Found] {
        let open = found.filter { $0.last == nil }
        let counts = try await concurrently(open) { item in
            try await self.collection.count(item.step.filter, self.moment)
        }
        return zip(open, counts).filter { $0.ids.count < min($1, $0.step.count) }.map(\.0)
    }

    /// Fetches the products that have no vectors yet.
    private func complete(_ known: inout MilvusCandidates, _ ids: [ProductID]) async throws {
        let missing = Set(ids).filter { !known.isWhole($0) }.sorted()
        guard !missing.isEmpty else { return }
        var rows = try await collection.rows(missing, withVectors: true, moment)
        // A product that was changed since it was found may match no more.
        if let filter = known.query.filter { rows = try rows.filter { filter.matches(try $0.product) } }
        known.add(rows)
    }

    /// All products of a group whose score may be a given one or greater.
    private func ties(
        _ step: Step,
        _ least: Double,
        codesOnly: Bool
    ) async throws -> (ids: [ProductID], rows: [MilvusRow]) {
        let fields = [MilvusRow.Field.pattern] + (codesOnly ? [MilvusRow.Field.product] : [])
        let floor = Float(least - step.group.error).nextDown
        let most = MilvusCollection.mostRows
        let answer = try await search([step.group.vector], step.filter, fields, most, downTo: floor)
        guard answer.ids.count < most else {
            throw RecError(
                .tooManyTies,
                "More than \(most) products have nearly the score \(least), more than Milvus can list, so none can be "
                    + "preferred by its identifier. Give weight to the picture, or filter."
            )
        }
        let rows = codesOnly ? try MilvusRow.rows(answer.columns, collection.layout) : []
        return (answer.ids.map { ProductID($0) }, rows)
    }

    /// The answers to queries from all rows that meet a condition, which are read once.
    private func scan(_ filter: String, _ queries: [SearchQuery]) async throws -> [[Neighbor]] {
        var best = [[Neighbor]](repeating: [], count: queries.count)
        try await collection.scan(filter, moment) { rows in
            for (position, query) in queries.enumerated() {
                var known = MilvusCandidates(query, collection.layout.space)
                known.add(rows)
                best[position] += try known.answer()
                best[position].sort { $0.precedes($1) }
                best[position].removeLast(max(best[position].count - query.count, 0))
            }
        }
        return best
    }
}
