/// Turns a product's attributes into a one-hot block.
public protocol MetadataEncoder: Sendable {
    /// The space of the blocks.
    var space: AttributeSpace { get }

    /// Encodes the attributes of a product.
    ///
    /// - Returns: The block, or `nil` when no attribute of the product is in ``space``.
    /// - Throws: An error for an unknown or missing value, if the encoder is set to refuse such values.
    func encode(_ product: Product) throws -> AttributeCodes?
}
