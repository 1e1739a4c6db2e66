internal import RecMath

extension AttributeMixture: BlockContent {
    var kind: EmbeddingSpace.Kind { EmbeddingSpace.Kind(attributes: space) }

    var flat: [Float] { dense }

    var negated: Embedding.Block {
        get throws(RecError) {
            Embedding.Block(try AttributeMixture(terms.map { Term(codes: $0.codes, weight: -$0.weight) }))
        }
    }

    func comparable(_ weighting: Weighting) -> ComparableEmbedding.Side {
        let sum = sum(weights: space.weights(replacing: weighting.attributes))
        let length = sum.length
        guard length > 0 else { return .missing }
        let columns = sum.indices.filter { sum[$0] != 0 }
        return .sparse(columns: columns.map { UInt32($0) }, values: columns.map { sum[$0] / length })
    }

    func sum(
        of terms: [(block: Embedding.Block, weight: Double)],
        _ weighting: Weighting
    ) throws(RecError) -> (Embedding.Block, length: Double)? {
        try Self.sum(of: terms, weighting)
    }

    /// The weighted sum of blocks of codes and of mixtures.
    static func sum(
        of terms: [(block: Embedding.Block, weight: Double)],
        _ weighting: Weighting
    ) throws(RecError) -> (Embedding.Block, length: Double)? {
        var parts: [Term] = []
        for term in terms {
            if let codes = term.block.codes {
                parts.append(Term(codes: codes, weight: term.weight))
            } else if let mixture = term.block.content as? AttributeMixture {
                // A mixture counts as the unit vector that it stands for.
                let length = mixture.sum(weights: mixture.space.weights(replacing: weighting.attributes)).length
                guard length > 0 else { continue }
                parts += mixture.terms.map { Term(codes: $0.codes, weight: term.weight * $0.weight / length) }
            }
        }
        guard !parts.isEmpty else { return nil }
        let mixture = try AttributeMixture(parts)
        let length = mixture.sum(weights: mixture.space.weights(replacing: weighting.attributes)).length
        return (Embedding.Block(mixture), length)
    }
}
