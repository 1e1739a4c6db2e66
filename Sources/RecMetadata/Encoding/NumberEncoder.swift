public import RecCore
internal import RecMath

/// Encodes a numeric attribute, such as a price or a size, as a block in which near numbers are similar.
///
/// ```swift
/// let price = try NumberEncoder("price", scale: .logarithmic(from: 5, to: 500))
/// let embedder = ProductEmbedder(extractor: network, encoder: encoder, blocks: [price]) { … }
/// let weights = try BlockWeights([.image: 0.7, .metadata: 0.2, "price": 0.1])
/// ```
/// A number becomes a point on a quarter of the unit circle, at an angle from 0 at the lower end of the scale to a right
/// angle at the upper end. The cosine of two numbers is that of the angle between them:
///
///     cos = cos(pi / 2 * |position(a) - position(b)|)      1 for equal numbers, 0 for the two ends of the scale
///
/// So the block is dense, with two components, and every index accepts it. A product without a number has no such block
/// and is compared by its other blocks.
public struct NumberEncoder: BlockEncoder, Hashable {
    /// The attribute; the block has its name.
    package let attribute: String

    /// The scale of distances between numbers.
    package let scale: NumberScale

    private let recipe: Recipe

    /// Creates an encoder of an attribute.
    ///
    /// - Throws: `RecError` with code `invalidSetting` when `attribute` is the name of another block: `image` or `metadata`.
    public init(_ attribute: String, scale: NumberScale) throws(RecError) {
        let name = BlockName(rawValue: attribute)
        guard name != .image, name != .metadata else {
            throw RecError(
                .invalidSetting,
                "A block of numbers cannot be called '\(attribute)'; that block is another one."
            )
        }
        self.attribute = attribute
        self.scale = scale
        recipe = [
            "encoder": "number", "spacing": scale.spacing.rawValue, "from": "\(scale.lowerBound)",
            "to": "\(scale.upperBound)",
        ]
    }

    /// The encoder that made a block of an index; `nil` for a block that is not of numbers.
    ///
    /// - Throws: `RecError` with code `invalidSetting` when the block's recipe is invalid.
    public init?(block: EmbeddingSpace.Block) throws(RecError) {
        guard let recipe = block.recipe, recipe["encoder"] == "number", block.name != .image, block.name != .metadata
        else {
            return nil
        }
        guard let spacing = recipe["spacing"].flatMap({ NumberScale.Spacing(rawValue: $0) }),
            let from = recipe["from"].flatMap({ Double($0) }), let to = recipe["to"].flatMap({ Double($0) })
        else {
            throw RecError(
                .invalidSetting,
                "Block '\(block.name)' of the index has no scale that can be read (\(recipe))."
            )
        }
        try self.init(block.name.rawValue, scale: try NumberScale.scale(from, to, spacing))
    }

    /// The kind of the blocks: dense, with two components.
    public var block: EmbeddingSpace.Block {
        EmbeddingSpace.Block(name: BlockName(rawValue: attribute), kind: .init(dimension: 2, recipe: recipe))
    }

    /// Encodes the first finite number among the attribute's values.
    ///
    /// - Returns: The block, or `nil` when no value is a finite number.
    public func encode(_ product: Product) -> Embedding.Block? {
        let numbers = product.values(of: attribute).lazy.compactMap { Double($0) }
        guard let number = numbers.first(where: \.isFinite) else { return nil }
        let (x, y) = QuarterCircle.point(scale.position(of: number))
        return Embedding.Block(DenseVector(unit: [Float(x), Float(y)], recipe: recipe))
    }
}
