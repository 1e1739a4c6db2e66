internal import RecMath

/// The weighted sum of examples, block by block.
struct Profile: Sendable {
    /// The sum of the examples, each block scaled to unit length; blocks that cancel out are absent.
    var embedding: Embedding
    /// The length of each block of the sum before scaling.
    var lengths: [BlockName: Double]
    /// For each like and block, the factor of the like.
    var likes: [[BlockName: Double]]
}

/// Adds up examples by the formulas of ``ExampleStrategy``.
struct ProfileMaker {
    let space: EmbeddingSpace
    let weighting: Weighting

    /// Lengths below which a sum of unit vectors is rounding.
    private static let negligible = 1e-6

    /// `m+ + r (m+ - m-)` for each block, `r` the weight of the dislikes in that of the likes, at most 1.
    func mean(_ examples: ResolvedExamples) throws(RecError) -> Profile {
        try make(examples) { name in
            let liked = total(examples.likes, name)
            let disliked = total(examples.dislikes, name)
            guard liked > 0 else { return (0, disliked > 0 ? 1 / disliked : 0) }
            let ratio = min(disliked / liked, 1)
            return ((1 + ratio) / liked, disliked > 0 ? ratio / disliked : 0)
        }
    }

    /// The sum of the likes less that of the dislikes.
    func sum(_ examples: ResolvedExamples) throws(RecError) -> Profile {
        try make(examples) { _ in (1, 1) }
    }

    private func total(_ examples: [ResolvedExample], _ name: BlockName) -> Double {
        examples.reduce(0) { $1.embedding[name] == nil ? $0 : $0 + $1.weight }
    }

    /// Adds up examples, with factors for the weights of likes and dislikes in each block.
    private func make(
        _ examples: ResolvedExamples,
        scales: (BlockName) -> (like: Double, dislike: Double)
    ) throws(RecError) -> Profile {
        var profile = Profile(embedding: Embedding([:]), lengths: [:], likes: examples.likes.map { _ in [:] })
        for block in space.blocks {
            let scale = scales(block.name)
            for (number, like) in examples.likes.enumerated() where like.embedding[block.name] != nil {
                profile.likes[number][block.name] = like.weight * scale.like
            }
            let terms =
                examples.likes.map { ($0.embedding[block.name], $0.weight * scale.like) }
                + examples.dislikes.map { ($0.embedding[block.name], -$0.weight * scale.dislike) }
            let present = terms.compactMap { given, weight in given.map { (block: $0, weight: weight) } }
            guard let (sum, length) = try add(present), length > Self.negligible else { continue }
            profile.embedding[block.name] = sum
            profile.lengths[block.name] = length
        }
        return profile
    }

    /// The sum of some blocks, scaled to unit length, and its length; `nil` when there is none.
    private func add(
        _ terms: [(block: Embedding.Block, weight: Double)]
    ) throws(RecError) -> (Embedding.Block, length: Double)? {
        guard let first = terms.first else { return nil }
        // A single block stays as it is, to the last bit.
        if terms.count == 1, first.weight > 0 { return (first.block, first.weight) }
        return try first.block.content.sum(of: terms, weighting)
    }
}
