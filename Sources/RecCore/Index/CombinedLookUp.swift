/// An index across a network that looks up products and attributes in one round trip.
package protocol CombinedLookUp: SimilarityIndex {
    /// The products with some identifiers, as in ``SimilarityIndex/products(_:_:)``, and names of attributes.
    ///
    /// - Parameters:
    ///   - ids: The identifiers.
    ///   - contents: The contents of the products.
    ///   - attributes: Names that the caller asks about.
    /// - Returns: The products, and the names of which products have a value: those of `attributes`, or all names when
    ///   one of them is unknown.
    /// - Throws: As ``SimilarityIndex/products(_:_:)``.
    func lookUp(
        _ ids: [ProductID],
        _ contents: ProductContents,
        attributes: Set<String>
    ) async throws -> (products: [IndexedProduct?], attributes: [String])
}
