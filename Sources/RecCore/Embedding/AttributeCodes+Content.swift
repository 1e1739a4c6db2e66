extension AttributeCodes: BlockContent {
    var kind: EmbeddingSpace.Kind { EmbeddingSpace.Kind(attributes: space) }

    var flat: [Float] { dense }

    var negated: Embedding.Block {
        get throws(RecError) { Embedding.Block(try AttributeMixture([.init(codes: self, weight: -1)])) }
    }

    func comparable(_ weighting: Weighting) -> ComparableEmbedding.Side {
        let values = components(weights: space.weights(replacing: weighting.attributes))
        return values.contains { $0 != 0 } ? .sparse(columns: columns, values: values) : .missing
    }

    func sum(
        of terms: [(block: Embedding.Block, weight: Double)],
        _ weighting: Weighting
    ) throws(RecError) -> (Embedding.Block, length: Double)? {
        try AttributeMixture.sum(of: terms, weighting)
    }
}
