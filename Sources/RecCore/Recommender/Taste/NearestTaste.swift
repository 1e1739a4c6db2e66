/// The taste of ``ExampleStrategy/best``: products near any like and away from the dislikes.
///
/// Each example has a ranking of its own, and searches return it from the top (``RankedList``). A product is settled
/// when no unread part of a list can change its similarity or put another product before it: Fagin's threshold
/// algorithm without random access (Fagin, Lotem, Naor, "Optimal aggregation algorithms for middleware", 2003).
struct NearestTaste: Taste {
    let probes: [Probe]
    let comparison: Comparison
    private(set) var candidates: [Candidate] = []
    private(set) var isComplete: Bool

    private let limits: CandidateLimits
    /// The target of each probe: the example, or without likes its opposite.
    private let targets: [Embedding]
    private let verdict: NearestVerdict
    private let isLocal: Bool
    private var lists: [RankedList]
    private var known: Set<ProductID> = []
    private var depth = 0
    private var searched = 0

    private static let leastDepth = 16
    /// Products of a list fetched for each candidate that is wanted, if groups skip candidates or a second search is a
    /// round trip.
    private static let reserve = 4

    /// - Parameters:
    ///   - examples: The likes and dislikes.
    ///   - space: The space of the index.
    ///   - weighting: How embeddings are compared.
    ///   - limits: Which products are considered.
    ///   - isLocal: Whether many small searches cost no more than one large search.
    /// - Throws: ``RecError`` with code `invalidQuery` when there are dislikes alone and the score is not a weighted
    ///   mean.
    init(
        _ examples: ResolvedExamples,
        in space: EmbeddingSpace,
        _ weighting: Weighting,
        _ limits: CandidateLimits,
        isLocal: Bool
    ) throws(RecError) {
        guard !examples.likes.isEmpty || examples.dislikes.isEmpty || weighting.fusion == nil else {
            throw RecError(
                .invalidQuery,
                "Dislikes alone with the strategy 'best' need a weighted mean; use 'mean' with a fusion of your own."
            )
        }
        self.limits = limits
        self.isLocal = isLocal
        let comparison = Comparison(space, weighting)
        self.comparison = comparison
        func probe(_ example: ResolvedExample, like: Int?) -> Probe {
            Probe(
                embedding: example.embedding,
                comparable: comparison.comparable(example.embedding),
                weight: example.weight,
                like: like
            )
        }
        probes =
            examples.likes.map { probe($0, like: $0.position) } + examples.dislikes.map { probe($0, like: nil) }
        var targets: [Embedding] = []
        for probe in probes { targets.append(examples.likes.isEmpty ? try probe.embedding.negated : probe.embedding) }
        self.targets = targets
        verdict = NearestVerdict(probes, comparison)
        lists = probes.map { RankedList(weight: $0.weight) }
        isComplete = probes.isEmpty
    }

    mutating func searches(for demand: Demand) -> [SearchQuery] {
        guard !isComplete else { return [] }
        let wanted = candidates.count.adding(demand.count)
        let isGenerous = limits.hasGroups || !isLocal
        let floor = searched == 1 && !isLocal && !limits.hasGroups ? verdict.floor(lists, wanted: wanted) : nil
        if demand.count == 0 {
            depth = 0
        } else if searched > 0, !isLocal {
            depth = .max
        } else {
            let deep = isGenerous ? wanted.multiplied(by: Self.reserve) : wanted.adding(1)
            depth = max(deep, depth.multiplied(by: 2), Self.leastDepth)
        }
        searched += 1
        return zip(targets, lists.indices).map { target, position in
            lists[position].expect(count: depth, floor: floor)
            return SearchQuery(
                target,
                count: depth,
                weighting: comparison.weighting,
                filter: limits.filter,
                excluded: limits.excluded,
                minimumScore: lists[position].minimumScore,
                contents: limits.contents
            )
        }
    }

    mutating func receive(_ answers: [[Neighbor]]) {
        for (position, answer) in answers.enumerated() { lists[position].receive(answer) }
        let ranking = verdict.ranking(lists, leastSimilarity: limits.minimumSimilarity ?? -.infinity)
        // An approximate index may give other neighbours for a greater count.
        for candidate in ranking.settled where known.insert(candidate.id).inserted { candidates.append(candidate) }
        isComplete = ranking.isComplete
    }

    func candidate(_ product: IndexedProduct) -> Candidate? {
        guard let embedding = product.embedding else { return nil }
        let other = comparison.comparable(embedding)
        let sightings = probes.indices.compactMap { position -> Sighting? in
            let cosines = probes[position].comparable.cosines(with: other)
            return comparison.weighting.score(cosines).map {
                Sighting(probe: position, score: $0 * probes[position].weight, cosines: cosines)
            }
        }
        return verdict.candidate(product.id, sightings).map { candidate in
            var candidate = candidate
            candidate.product = product.product
            candidate.embedding = embedding
            return candidate
        }
    }

    func decidingLike(for candidate: Candidate, _ other: ComparableEmbedding) -> Int? {
        candidate.evidence.first.flatMap { probes[$0.probe].like }
    }
}

extension Int {
    /// The sum, or the greatest number where that overflows.
    func adding(_ other: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }

    /// The product, or the greatest number where that overflows.
    func multiplied(by other: Int) -> Int {
        let (product, overflows) = multipliedReportingOverflow(by: other)
        return overflows ? .max : product
    }
}
