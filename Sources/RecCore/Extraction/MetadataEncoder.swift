/// Turns a product's attributes into a one-hot block.
public protocol MetadataEncoder: Sendable {
    /// The space of the blocks.
    var space: AttributeSpace { get }

    /// Encodes the attributes of a product.
    ///
    /// - Returns: The block, or `nil` when the product has no attribute that the encoder knows.
    /// - Throws: An error when the encoder was told to refuse unknown or missing values and there is one.
    func encode(_ product: Product) throws -> AttributeCodes?
}
