package import RecCore

/// A product beside the one that its row is about, with all that its score at any image weight is made of.
package struct NeighborCard: Sendable {
    /// The product.
    let product: ProductCard

    /// The cosine of the pictures, when both sides have one.
    let imageCosine: Double?

    /// The cosine of the attributes, when both sides have any.
    let metadataCosine: Double?

    /// What the attributes add to ``metadataCosine``.
    let attributeParts: [ScorePart]

    /// Creates a card.
    package init(product: ProductCard, imageCosine: Double?, metadataCosine: Double?, attributeParts: [ScorePart]) {
        self.product = product
        self.imageCosine = imageCosine
        self.metadataCosine = metadataCosine
        self.attributeParts = attributeParts
    }

    /// The share of each block in a score: its weight over the weights of the blocks that both sides have.
    ///
    /// `nil` when no block of positive weight is left; such a product is not ranked.
    package func shares(imageWeight: Double) -> (image: Double, metadata: Double)? {
        scorer(imageWeight: imageWeight)?.shares(cosines).map { ($0[0], $0[1]) }
    }

    /// The score, with the same bits as that of the index; `nil` when the product is not ranked.
    package func score(imageWeight: Double) -> Double? {
        scorer(imageWeight: imageWeight)?.score { cosines.values[$0] }
    }

    private var cosines: BlockCosines {
        BlockCosines(names: [.image, .metadata], values: [imageCosine, metadataCosine])
    }

    /// The formula of the index; `nil` for a weight outside 0...1.
    private func scorer(imageWeight: Double) -> BlockScorer? {
        (try? BlockWeights(image: imageWeight)).map { BlockScorer(Weighting($0), names: cosines.names) }
    }
}
