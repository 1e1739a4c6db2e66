/// The taste of ``ExampleStrategy/mean`` and ``ExampleStrategy/sum``: one vector for each block, made of all examples.
struct ProfileTaste: Taste {
    let probes: [Probe]
    let comparison: Comparison
    private(set) var candidates: [Candidate] = []
    private(set) var isComplete: Bool

    private let limits: CandidateLimits
    private let profile: Profile
    private let likes: [(position: Int, embedding: ComparableEmbedding)]
    private var asked = 0

    /// - Throws: ``RecError`` with code `invalidQuery` when the strategy is `sum` and the score is not a weighted mean.
    init(
        _ examples: ResolvedExamples,
        strategy: ExampleStrategy,
        in space: EmbeddingSpace,
        _ weighting: Weighting,
        _ limits: CandidateLimits
    ) throws(RecError) {
        self.limits = limits
        let maker = ProfileMaker(space: space, weighting: weighting)
        var weighting = weighting
        if strategy == .sum {
            guard weighting.fusion == nil else {
                throw RecError(
                    .invalidQuery,
                    "The strategy 'sum' needs a weighted mean; use 'mean' or 'best' with a fusion of your own."
                )
            }
            profile = try maker.sum(examples)
            let weights = weighting.blocks
            let scaled = profile.lengths.map { name, length in (name, weights[name] * length) }
            weighting.blocks = (try? BlockWeights(Dictionary(uniqueKeysWithValues: scaled))) ?? weights
        } else {
            profile = try maker.mean(examples)
        }
        comparison = Comparison(space, weighting)
        let comparable = comparison.comparable(profile.embedding)
        probes = [Probe(embedding: profile.embedding, comparable: comparable, weight: 1, like: nil)]
        let own = comparison
        likes = examples.likes.map { ($0.position, own.comparable($0.embedding)) }
        // Examples may cancel out.
        isComplete = profile.embedding.blocks.isEmpty
    }

    mutating func searches(for demand: Demand) -> [SearchQuery] {
        guard !isComplete else { return [] }
        asked = demand.count
        return [
            SearchQuery(
                profile.embedding,
                count: asked,
                weighting: comparison.weighting,
                filter: limits.filter,
                excluded: limits.excluded.union(candidates.map(\.id)),
                minimumScore: limits.minimumSimilarity,
                groups: demand.groups,
                contents: limits.contents
            )
        ]
    }

    mutating func receive(_ answers: [[Neighbor]]) {
        let found = answers.first ?? []
        isComplete = found.count < asked
        candidates += found.map { neighbor in
            Candidate(
                id: neighbor.id,
                similarity: neighbor.score,
                evidence: [Evidence(probe: 0, factor: 1, cosines: neighbor.cosines)],
                product: neighbor.product,
                embedding: neighbor.embedding
            )
        }
    }

    func candidate(_ product: IndexedProduct) -> Candidate? {
        guard let embedding = product.embedding else { return nil }
        let cosines = probes[0].comparable.cosines(with: comparison.comparable(embedding))
        return comparison.weighting.score(cosines).map { score in
            Candidate(
                id: product.id,
                similarity: score,
                evidence: [Evidence(probe: 0, factor: 1, cosines: cosines)],
                product: product.product,
                embedding: embedding
            )
        }
    }

    /// The like that adds most to the score: `sum(w_b c_i (p_ib . x_b) / |v_b|)` over the blocks, `c_i` its coefficient.
    func decidingLike(for candidate: Candidate, _ other: ComparableEmbedding) -> Int? {
        guard likes.count > 1 else { return likes.first?.position }
        let cosines = candidate.evidence[0].cosines
        let isMean = comparison.weighting.fusion == nil
        let contributions = likes.enumerated().map { number, like in
            let own = like.embedding.cosines(with: other)
            var sum = 0.0
            for (position, name) in cosines.names.enumerated() {
                guard let cosine = own[name], let length = profile.lengths[name], cosines.values[position] != nil else {
                    continue
                }
                let weight = isMean ? comparison.scorer.weights[position] : 1
                sum += weight * profile.likes[number][name, default: 0] * cosine / length
            }
            return sum
        }
        return contributions.indices.max { contributions[$0] < contributions[$1] }.map { likes[$0].position }
    }
}
