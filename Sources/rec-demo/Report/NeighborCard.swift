import RecCore

/// A product beside the one that its row is about, with all that its score at any image weight is made of.
struct NeighborCard: Sendable {
    /// The product.
    let product: ProductCard

    /// The cosine of the pictures, when both sides have one.
    let imageCosine: Double?

    /// The cosine of the attributes, when both sides have any.
    let metadataCosine: Double?

    /// What the attributes add to ``metadataCosine``.
    let attributeParts: [ScorePart]

    /// The share of each block in a score: its weight over the weights of the blocks that both sides have.
    ///
    /// `nil` when no block of positive weight is left; such a product is not ranked.
    func shares(imageWeight: Double) -> (image: Double, metadata: Double)? {
        let image = imageCosine == nil ? 0 : imageWeight
        let metadata = metadataCosine == nil ? 0 : 1 - imageWeight
        let total = image + metadata
        return total > 0 ? (image / total, metadata / total) : nil
    }

    /// The score, with the same bits as that of the index; `nil` when the product is not ranked.
    func score(imageWeight: Double) -> Double? {
        let cosines = BlockCosines(names: [.image, .metadata], values: [imageCosine, metadataCosine])
        return (try? BlockWeights(image: imageWeight)).flatMap { Weighting($0).score(cosines) }
    }
}
