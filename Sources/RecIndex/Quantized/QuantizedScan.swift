internal import RecCore
internal import RecPlatform

/// One query prepared for a search by codes.
///
/// First, good products are found in the lists nearest to the query, and scored exactly. Then whatever cannot reach the
/// worst of them is ruled out: lists by their centres and radii, products by their heads, what is left by the chunks of
/// the middle. The exact vectors of the rest settle the answer.
struct QuantizedScan {
    private let exact: ExactScan
    private let query: SearchQuery
    private let block: QuantizedBlock
    private let codes: QueryCodes
    private let kernelQuery: CodeQuery
    private let effort: SearchEffort

    /// Candidates of the first step that are refined, and scored exactly, at least.
    private static let leastSeeds = 48
    private static let leastScored = 16
    /// Candidates by head alone beyond which better seeds are worth looking for.
    private static let manyCandidates = 256

    /// Prepares a query, or gives `nil` when codes are of no help: the fusion has no weights or none for the vectors, the
    /// query has no vector, or a large part of all products is wanted.
    init?(
        _ query: SearchQuery,
        _ exact: ExactScan,
        in segment: Segment,
        _ block: QuantizedBlock,
        effort: SearchEffort
    ) {
        guard let weights = query.fusion.weights, query.count > 0, query.count < segment.count / 8,
            case .dense(let vector) = query.embedding[segment.space.blocks[block.densePosition].name]
        else { return nil }
        let denseWeight = weights[segment.space.blocks[block.densePosition].name]
        guard denseWeight > 0 else { return nil }
        self.query = query
        self.block = block
        self.effort = effort
        self.exact = exact
        codes = QueryCodes(vector.components, block.codes, share: effort.share)
        var patterns: [Float] = []
        if let position = block.oneHotPosition, case .oneHot(let oneHot) = segment.blocks[position] {
            let name = segment.space.blocks[position].name
            let weight = weights[name]
            patterns.reserveCapacity(2 * oneHot.patterns.count + 2)
            if weight > 0, let cosines = exact.cosinesOfPatterns(position) {
                let total = denseWeight + weight
                for cosine in cosines {
                    patterns.append(Float(denseWeight / total))
                    patterns.append(Float(weight * cosine / total))
                }
            } else {
                patterns = [Float](repeating: 0, count: 2 * oneHot.patterns.count)
                for pattern in oneHot.patterns.indices { patterns[2 * pattern] = 1 }
            }
        }
        kernelQuery = codes.kernelQuery(patterns: patterns + [1, 0])
    }

    /// The best rows of a selection, best first.
    func bestRows(in selection: RowSelection) throws(RecIndexError) -> [BestRows.Entry] {
        var best = BestRows(limit: query.count)
        var scratch: [Float] = [0]
        for row in block.looseRows where selection.contains(row) { try offer(row, to: &best, &scratch) }
        let (estimates, limits) = listScores()
        try block.table.search(kernelQuery, allowed: selection.bits(for: block.codes.rows)) {
            search throws(RecIndexError) in
            var seeds = try self.seeds(search, estimates)
            if case .probing = effort {
                _ = try score(&seeds, count: max(6 * query.count, Self.leastScored), selection, &best, &scratch)
                return
            }
            let scored = try score(&seeds, count: max(query.count + 6, Self.leastScored), selection, &best, &scratch)
            var candidates: [CodeCandidate] = []
            for list in limits.indices where limits[list] >= threshold(best) {
                search.scan(blocks(of: list), bounded: true, least: threshold(best), into: &candidates)
            }
            var known = scored
            if candidates.count > Self.manyCandidates {
                var some = candidates.best(Self.leastSeeds)
                try block.codes.checks?.check(some, of: block.codes)
                search.refine(&some, bounded: true, least: threshold(best))
                some.removeAll { known.contains($0.slot) }
                known += try score(&some, count: Self.leastScored, selection, &best, &scratch)
            }
            try block.codes.checks?.check(candidates, of: block.codes)
            search.refine(&candidates, bounded: true, least: threshold(best))
            candidates.sort { $0.score > $1.score }
            for (position, candidate) in candidates.enumerated() {
                guard candidate.score >= threshold(best) else { break }
                if position + 1 < candidates.count { exact.expect(row(of: candidates[position + 1])) }
                if known.contains(candidate.slot) { continue }
                let row = row(of: candidate)
                if selection.contains(row) { try offer(row, to: &best, &scratch) }
            }
        }
        return best.sorted()
    }

    /// The score that a bound has to reach to be of interest.
    private func threshold(_ best: BestRows) -> Float {
        let least = max(best.least ?? -.infinity, query.minimumScore ?? -.infinity)
        let rounded = Float(least)
        return Double(rounded) > least ? rounded.nextDown : rounded
    }

    private func row(of candidate: CodeCandidate) -> Int { Int(block.codes.rows[Int(candidate.slot)]) }

    private func offer(_ row: Int, to best: inout BestRows, _ scratch: inout [Float]) throws(RecIndexError) {
        guard let score = try exact.score(of: row, scratch: &scratch), score >= query.minimumScore ?? -.infinity else {
            return
        }
        best.offer(.init(score: score, row: row))
    }

    /// Scores the best of some candidates exactly; gives their slots.
    private func score(
        _ candidates: inout [CodeCandidate],
        count: Int,
        _ selection: RowSelection,
        _ best: inout BestRows,
        _ scratch: inout [Float]
    ) throws(RecIndexError) -> [UInt32] {
        candidates.removeAll { !selection.contains(row(of: $0)) }
        let chosen = candidates.best(count)
        for candidate in chosen { exact.expect(row(of: candidate)) }
        for candidate in chosen { try offer(row(of: candidate), to: &best, &scratch) }
        return chosen.map(\.slot)
    }

    /// Candidates from the lists nearest to the query, refined.
    private func seeds(
        _ search: borrowing CodeSearch,
        _ estimates: [Float]
    ) throws(RecIndexError) -> [CodeCandidate] {
        let codes = block.codes
        var wanted = max(1500, codes.slots / 30)
        var keep = max(Self.leastSeeds, 2 * query.count)
        if case .probing(let products, let candidates) = effort {
            wanted = max(products, query.count)
            keep = max(min(candidates, codes.slots), 6 * query.count)
        }
        var order = estimates.indices.map { CodeCandidate(score: estimates[$0], slot: UInt32($0)) }
        let near = min(2 * wanted * codes.lists / max(codes.slots, 1) + 16, codes.lists)
        // Those further away are of use only when a filter leaves little, and in any order.
        order.partition(best: near)
        order[..<near].sort { $0.precedes($1) }
        var seeds: [CodeCandidate] = []
        var least = -Float.infinity
        var scanned = 0
        for list in order {
            guard scanned < wanted || seeds.count < query.count else { break }
            let blocks = blocks(of: Int(list.slot))
            search.scan(blocks, bounded: false, least: least, into: &seeds)
            scanned += blocks.count * ProductCodes.lanes
            if seeds.count > 4 * keep {
                seeds = seeds.best(keep)
                least = seeds[keep - 1].score
            }
        }
        seeds = seeds.best(keep)
        try block.codes.checks?.check(seeds, of: block.codes)
        search.refine(&seeds, bounded: false, least: -.infinity)
        return seeds
    }

    private func blocks(of list: Int) -> Range<Int> {
        block.starts[list]..<block.starts[list + 1]
    }

    /// For each list, what its products are expected to score, and what none of them can exceed.
    private func listScores() -> (estimates: [Float], limits: [Float]) {
        let stored = block.codes
        var products = [Float](repeating: 0, count: max(stored.lists, 1))
        stored.centers.withSpan { centers in
            DotProduct.rows(centers, count: stored.lists, query: codes.head.span, into: &products)
        }
        var estimates = [Float](repeating: 0, count: stored.lists)
        var limits = estimates
        for list in estimates.indices {
            let middle = products[list] + codes.base
            let known = block.lists[list]
            estimates[list] = middle + known.meanOffset
            let spread = codes.headNorm * known.radius + codes.tail * known.greatestTail + codes.rest
            limits[list] = kernelQuery.greatestScore(cosine: middle + known.greatestOffset + spread)
        }
        return (estimates, limits)
    }
}
