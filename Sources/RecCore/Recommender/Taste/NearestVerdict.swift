/// A product's weighted score by one probe.
struct Sighting: Sendable {
    let probe: Int
    let score: Double
    let cosines: BlockCosines
}

/// The rule of ``ExampleStrategy/best``, applied to the known products of each list.
struct NearestVerdict: Sendable {
    private let probes: [Probe]
    /// The probes from here on are dislikes.
    private let likeCount: Int
    /// Whether a product that can be compared with one probe can be compared with all.
    private let areAlike: Bool

    init(_ probes: [Probe], _ comparison: Comparison) {
        self.probes = probes
        likeCount = probes.count { $0.like != nil }
        let weights = comparison.scorer.weights
        let usable = probes.map { probe in weights.indices.filter { weights[$0] > 0 && probe.comparable.has(block: $0) }
        }
        areAlike = Set(usable).count == 1
    }

    /// The candidate that a product's scores by all probes make; `nil` when it is not to be ranked.
    ///
    /// `L` if `L > D`, `L - D` otherwise, `-D` without likes, for the greatest weighted scores `L` and `D` of the likes and
    /// the dislikes; the first of equal ones.
    func candidate(_ id: ProductID, _ sightings: [Sighting]) -> Candidate? {
        let disliked = Self.first(sightings.lazy.filter { $0.probe >= likeCount })
        let against = disliked.map { Evidence(probe: $0.probe, factor: -probes[$0.probe].weight, cosines: $0.cosines) }
        guard likeCount > 0 else {
            return disliked.map { Candidate(id: id, similarity: -$0.score, evidence: [against].compactMap { $0 }) }
        }
        guard let liked = Self.first(sightings.lazy.filter { $0.probe < likeCount }) else { return nil }
        let evidence = Evidence(probe: liked.probe, factor: probes[liked.probe].weight, cosines: liked.cosines)
        if let disliked, let against, disliked.score >= liked.score {
            return Candidate(id: id, similarity: liked.score - disliked.score, evidence: [evidence, against])
        }
        return Candidate(id: id, similarity: liked.score, evidence: [evidence])
    }

    /// A similarity that `wanted` products reach, so that lists are needed only down to it; `nil` when there is no such
    /// limit.
    func floor(_ lists: [RankedList], wanted: Int) -> Double? {
        let decided = judged(lists).filter(\.isDecided).map(\.candidate.similarity).sorted(by: >)
        guard wanted > 0, decided.count >= wanted else { return nil }
        let floor = decided[wanted - 1]
        if likeCount == 0 { return areAlike ? floor : nil }
        return floor > 0 || likeCount == probes.count ? floor : nil
    }

    /// The products whose place is certain, in order.
    func ranking(
        _ lists: [RankedList],
        leastSimilarity: Double
    ) -> (settled: [Candidate], isComplete: Bool) {
        let judged = judged(lists)
        var bounds = unknownBounds(lists)
        bounds += judged.filter { !$0.isDecided }.map { Bound(value: $0.greatest, id: nil) }
        let strict = bounds.filter { $0.id == nil }.map(\.value).max() ?? -.infinity
        let ordered = bounds.filter { $0.id != nil }
        let greatest = ordered.map(\.value).max() ?? -.infinity
        let first = ordered.filter { $0.value == greatest }.compactMap(\.id).min()
        let tie = Bound(value: greatest, id: first)
        let settled = judged.filter { $0.isDecided && $0.candidate.similarity >= leastSimilarity }.map(\.candidate)
            .filter { $0.similarity > strict && (first == nil || tie.isBehind($0.similarity, $0.id)) }
            .sorted { $0.precedes($1) }
        return (settled, bounds.isEmpty || max(strict, greatest) < leastSimilarity)
    }

    /// A product of the lists.
    private struct Judged {
        var candidate: Candidate
        /// Whether the lists determine its similarity.
        let isDecided: Bool
        /// The greatest similarity that it may have.
        let greatest: Double
    }

    /// A list with more products than the known ones.
    private struct OpenList {
        let probe: Int
        /// The greatest possible weighted score of its unknown products.
        let limit: Double

        /// Whether such a product's score here cannot take the place of one that was seen: of equal ones the first counts.
        func isBehind(_ seen: Sighting) -> Bool {
            limit < seen.score || limit == seen.score && seen.probe < probe
        }
    }

    private func judged(_ lists: [RankedList]) -> [Judged] {
        var sightings: [ProductID: [Sighting]] = [:]
        var contents: [ProductID: Neighbor] = [:]
        for (probe, list) in lists.enumerated() {
            for neighbor in list.neighbors {
                // Without likes a probe is searched for by its opposite.
                let cosines = likeCount == 0 ? neighbor.cosines.negated : neighbor.cosines
                let score = (likeCount == 0 ? -neighbor.score : neighbor.score) * list.weight
                sightings[neighbor.id, default: []].append(Sighting(probe: probe, score: score, cosines: cosines))
                if contents[neighbor.id] == nil { contents[neighbor.id] = neighbor }
            }
        }
        let open = lists.indices.compactMap { probe in
            lists[probe].bound.map { OpenList(probe: probe, limit: $0.value) }
        }
        .sorted { ($1.limit, $0.probe) < ($0.limit, $1.probe) }
        let openLikes = open.filter { $0.probe < likeCount }
        let openDislikes = open.filter { $0.probe >= likeCount }
        return sightings.compactMap { id, seen in
            guard var candidate = candidate(id, seen) else { return nil }
            candidate.product = contents[id]?.product
            candidate.embedding = contents[id]?.embedding
            guard likeCount > 0 else {
                let unseen = openDislikes.lazy.filter { !lists[$0.probe].contains(id) }
                guard let least = unseen.map(\.limit).min() else {
                    return Judged(candidate: candidate, isDecided: true, greatest: candidate.similarity)
                }
                let greatest = areAlike ? min(candidate.similarity, least) : candidate.similarity
                return Judged(candidate: candidate, isDecided: false, greatest: greatest)
            }
            let like = openLikes.first { !lists[$0.probe].contains(id) }
            let dislike = openDislikes.first { !lists[$0.probe].contains(id) }
            let liked = Self.first(seen.lazy.filter { $0.probe < likeCount })
            let disliked = Self.first(seen.lazy.filter { $0.probe >= likeCount })
            let likedScore = liked?.score ?? -.infinity
            let dislikedScore = disliked?.score ?? -.infinity
            let isPenaltyKnown =
                if let liked, let disliked, disliked.score >= liked.score {
                    dislike.map { $0.isBehind(disliked) } ?? true
                } else {
                    dislike.map { $0.limit < likedScore } ?? true
                }
            let isLikeKnown = liked.map { liked in like.map { $0.isBehind(liked) } ?? true } ?? false
            let most = max(likedScore, like?.limit ?? -.infinity)
            let greatest =
                if likeCount == probes.count { most } else if dislikedScore >= most { most - dislikedScore } else {
                    max(most, 0)
                }
            return Judged(candidate: candidate, isDecided: isLikeKnown && isPenaltyKnown, greatest: greatest)
        }
    }

    /// The greatest score; the first of equal ones.
    private static func first(_ sightings: some Sequence<Sighting>) -> Sighting? {
        sightings.reduce(nil) { best, next in best.map { next.score > $0.score } ?? true ? next : best }
    }

    /// Upper bounds of the products that are in none of the lists.
    private func unknownBounds(_ lists: [RankedList]) -> [Bound] {
        guard likeCount > 0 else {
            let bounds = lists.compactMap(\.bound)
            guard areAlike else { return bounds }
            // Each dislike limits the product.
            guard bounds.count == lists.count, let least = bounds.map(\.value).min() else { return [] }
            return [Bound(value: least, id: nil)]
        }
        let bounds = lists[..<likeCount].compactMap(\.bound)
        return bounds.isEmpty || likeCount == probes.count ? bounds : bounds + [Bound(value: 0, id: nil)]
    }
}
