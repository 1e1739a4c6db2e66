extension Example {
    /// A picture, or whatever the extractor takes, that was never seen before, with attributes if they are known.
    ///
    /// - Parameters:
    ///   - input: What features are extracted from.
    ///   - extractor: That of the index.
    ///   - attributes: What is known of the product besides.
    ///   - encoder: That of the index; without one the attributes are not used.
    ///   - weight: How much the example counts beside others.
    /// - Returns: The example.
    /// - Throws: What the extractor and the encoder throw.
    public static func picture<Extractor: FeatureExtractor>(
        _ input: Extractor.Input,
        using extractor: Extractor,
        attributes: [String: AttributeValues] = [:],
        encodedBy encoder: (any MetadataEncoder)? = nil,
        weight: Double = 1
    ) async throws -> Example {
        var embedding = Embedding([.image: .dense(try await extractor.features(of: input))])
        let codes = try encoder?.encode(Product(id: "", attributes: attributes))
        embedding[.metadata] = codes.map { .oneHot($0) }
        return .embedding(embedding, weight: weight)
    }

    /// Attributes alone, as of a product that is only planned.
    ///
    /// - Parameters:
    ///   - attributes: What is known.
    ///   - encoder: That of the index.
    ///   - weight: How much the example counts beside others.
    /// - Returns: The example.
    /// - Throws: ``RecCoreError`` with code `noSharedBlock` when the encoder knows none of the attributes, and what the
    ///   encoder throws.
    public static func attributes(
        _ attributes: [String: AttributeValues],
        encodedBy encoder: any MetadataEncoder,
        weight: Double = 1
    ) throws -> Example {
        guard let codes = try encoder.encode(Product(id: "", attributes: attributes)) else {
            let names = encoder.space.attributes.map(\.name).joined(separator: ", ")
            throw RecCoreError(.noSharedBlock, "None of the attributes is known; the index compares by: \(names).")
        }
        return .embedding(Embedding([.metadata: .oneHot(codes)]), weight: weight)
    }
}
