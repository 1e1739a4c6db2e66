public import RecCore
internal import Testing

/// Checks that an encoder keeps the promises of `MetadataEncoder`.
public enum MetadataEncoderConformance {
    /// Runs all checks; what fails is recorded as issues of the calling test.
    ///
    /// - Parameters:
    ///   - encoder: The encoder under test.
    ///   - products: Products that it can encode.
    /// - Throws: What the encoder throws for one of the products.
    public static func check(_ encoder: some MetadataEncoder, products: [Product]) throws {
        let space = encoder.space
        for product in products {
            let codes = try encoder.encode(product)
            #expect(try encoder.encode(product) == codes, "encoding must be deterministic")
            guard let codes else { continue }
            #expect(codes.space == encoder.space, "codes must be of the encoder's space")
            let squares = codes.dense.reduce(0.0) { $0 + Double($1) * Double($1) }
            #expect(abs(squares - 1) < 1e-5, "codes have unit length")
            let renamed = Product(
                id: ProductID(product.id.rawValue + "+"),
                attributes: product.attributes,
                title: product.title,
                pictures: product.pictures
            )
            #expect(try encoder.encode(renamed) == codes, "only attributes may count, not the identifier")
            var retitled = product
            retitled.title = (product.title ?? "") + "+"
            #expect(try encoder.encode(retitled) == codes, "only attributes may count, not the title")
        }
        #expect(encoder.space == space, "the space must not change")
    }
}
