internal import RecCore

extension CollectionSearch {
    /// The most queries of one call.
    private static let mostVectors = 256
    /// The most candidates of Milvus.
    private static let mostCandidates = 32_768

    /// Makes searches, those of one kind in one call, and gives what each query has.
    func find(_ steps: [Step], for queries: [SearchQuery]) async throws -> [[Found]] {
        struct Kind: Hashable {
            let filter: String
            let count: Int
        }
        var found = [[Found]](repeating: [], count: queries.count)
        // With a graph, an exact search reads the rows.
        guard candidates != nil || !collection.hasGraph else {
            for step in steps { found[step.query].append(Found(step: step, ids: [], rows: [], last: nil)) }
            return found
        }
        var kinds: [Kind: [Step]] = [:]
        for step in steps { kinds[Kind(filter: step.filter, count: step.count), default: []].append(step) }
        var calls: [[Step]] = []
        for steps in kinds.values {
            let size = min(max(4 * collection.rowsInAnswer / steps[0].count, 1), Self.mostVectors)
            for start in stride(from: 0, to: steps.count, by: size) {
                calls.append(Array(steps[start..<min(start + size, steps.count)]))
            }
        }
        for item in try await concurrently(calls, { try await self.find($0) }).flatMap(\.self) {
            found[item.step.query].append(item)
        }
        return found
    }

    /// Makes one call.
    func find(_ steps: [Step], candidates: Int? = nil) async throws -> [Found] {
        let first = steps[0]
        let fields =
            [MilvusRow.Field.pattern]
            + (first.isWhole ? [MilvusRow.Field.product, MilvusRow.Field.vector] : [])
        let answer = try await search(
            steps.map(\.group.vector),
            first.filter,
            fields,
            first.count,
            candidates: candidates ?? self.candidates
        )
        let rows = first.isWhole ? try MilvusRow.rows(answer.columns, collection.layout) : []
        try collection.layout.check(patterns: answer.columns.integers(MilvusRow.Field.pattern) ?? [])
        guard answer.counts.count == steps.count,
            answer.counts.allSatisfy({ (0...Int64(first.count)).contains($0) }),
            answer.counts.reduce(0, +) == Int64(answer.ids.count), answer.scores.count == answer.ids.count,
            !first.isWhole || rows.count == answer.ids.count
        else { throw RecError(.foreignServer, "Milvus sent an answer whose parts do not fit together.") }
        var start = 0
        return zip(steps, answer.counts).map { step, count in
            let range = start..<start + Int(count)
            start = range.upperBound
            return Found(
                step: step,
                ids: answer.ids[range].map { ProductID($0) },
                rows: first.isWhole ? Array(rows[range]) : [],
                last: range.count == first.count ? answer.scores[range].last.map { Double($0) } : nil
            )
        }
    }

    /// The products nearest to some vectors, or all down to a score.
    func search(
        _ vectors: [[Float]],
        _ filter: String,
        _ fields: [String],
        _ count: Int,
        downTo score: Float? = nil,
        candidates: Int? = nil
    ) async throws -> SearchRequest.Answer {
        var parameters: [String] = []
        if let candidates { parameters.append("\"ef\": \(min(max(candidates, count), Self.mostCandidates))") }
        if let score { parameters.append("\"radius\": \(score)") }
        return try await collection.call(
            SearchRequest(
                collection.path,
                filter: filter,
                vectors: vectors,
                fields: fields,
                moment: moment,
                parameters: [
                    ("anns_field", MilvusRow.Field.vector), ("topk", "\(count)"), ("metric_type", "IP"),
                    ("params", "{\(parameters.joined(separator: ", "))}"), ("round_decimal", "-1"),
                ]
            )
        )
    }
}
