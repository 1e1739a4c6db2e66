/// The taste of ``ExampleStrategy/mean`` and ``ExampleStrategy/sum``: one vector for each block, made of all examples.
struct ProfileTaste: Taste {
    private let search: Search
    private let profile: Profile
    private let embedding: ComparableEmbedding
    private let fusion: any Fusion
    private let likes: [(position: Int, embedding: ComparableEmbedding)]

    /// - Throws: ``RecCoreError`` with code `invalidQuery` when the strategy is `sum` and the fusion has no weights.
    init(
        likes: [ResolvedExample],
        dislikes: [ResolvedExample],
        strategy: ExampleStrategy,
        search: Search
    ) throws(RecCoreError) {
        self.search = search
        let maker = ProfileMaker(space: search.space, attributeWeights: search.attributeWeights)
        switch strategy {
        case .sum:
            guard let weights = search.fusion.weights else {
                throw RecCoreError(
                    .invalidQuery,
                    "The strategy 'sum' needs a fusion with weights; use 'mean' or 'best' with this one."
                )
            }
            profile = try maker.sum(likes: likes, dislikes: dislikes)
            let scaled = profile.lengths.map { name, length in (name, weights[name] * length) }
            fusion = WeightedFusion((try? BlockWeights(Dictionary(uniqueKeysWithValues: scaled))) ?? weights)
        case .mean, .best:
            profile = try maker.mean(likes: likes, dislikes: dislikes)
            fusion = search.fusion
        }
        embedding = search.comparable(profile.embedding)
        self.likes = likes.map { ($0.position, search.comparable($0.embedding)) }
    }

    func candidates(count: Int, admissible: AttributeFilter?) throws -> [Candidate] {
        // Examples may cancel out.
        guard !profile.embedding.blocks.isEmpty else { return [] }
        let lists = try search.neighbors(
            of: [profile.embedding],
            count: count,
            admissible: admissible,
            fusion: fusion,
            minimumScore: search.minimumScore
        )
        return lists.joined().map { Candidate(id: $0.id, similarity: $0.score) }
    }

    func similarity(of other: ComparableEmbedding) -> Double? {
        fusion.comparableScore(embedding.cosines(with: other))
    }

    func reasons(for other: ComparableEmbedding, similarity: Double) -> Reasons {
        let cosines = embedding.cosines(with: other)
        var parts = ScoreParts(space: search.space, fusion: fusion)
            .parts(of: embedding, other, cosines: cosines, score: similarity)
        // The index adds up long vectors in another order; what rounding makes of that belongs to the dense block.
        if let dense = parts.firstIndex(where: \.isBlock) {
            parts[dense].value += similarity - parts.reduce(0) { $0 + $1.value }
        }
        return Reasons(cosines: cosines, parts: parts, like: mostInfluential(other, cosines))
    }

    /// The like that adds most to the score: `sum(w_b c_i (p_ib . x_b) / |v_b|)` over the blocks, `c_i` its coefficient.
    private func mostInfluential(_ other: ComparableEmbedding, _ cosines: BlockCosines) -> Int? {
        let names = cosines.names
        let contributions = likes.enumerated().map { number, like in
            let own = like.embedding.cosines(with: other)
            var sum = 0.0
            for name in names {
                guard let cosine = own[name], let length = profile.lengths[name], cosines[name] != nil else { continue }
                let weight = fusion.weights.map { $0[name] } ?? 1
                sum += weight * profile.likes[number][name, default: 0] * cosine / length
            }
            return sum
        }
        return contributions.indices.max { contributions[$0] < contributions[$1] }.map { likes[$0].position }
    }
}
