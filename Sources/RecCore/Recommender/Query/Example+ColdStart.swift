extension Example {
    /// A new picture, or another input of the extractor, with attributes if they are known.
    ///
    /// - Parameters:
    ///   - input: The picture or other input.
    ///   - extractor: The extractor of the index.
    ///   - attributes: The known attributes of the product.
    ///   - encoder: The encoder of the index; `nil` for an example without metadata block.
    ///   - blocks: The encoders of further blocks of the index.
    ///   - weight: The weight of the example relative to others.
    /// - Returns: The example.
    /// - Throws: The errors of the extractor and the encoder.
    public static func picture<Extractor: FeatureExtractor>(
        _ input: Extractor.Input,
        using extractor: Extractor,
        attributes: [String: AttributeValues] = [:],
        encodedBy encoder: (any MetadataEncoder)? = nil,
        blocks: [any BlockEncoder] = [],
        weight: Double = 1
    ) async throws -> Example {
        var embedding = Embedding([.image: .init(try await extractor.features(of: input))])
        try embedding.add(attributes, encodedBy: (encoder.map { [MetadataBlock(encoder: $0)] } ?? []) + blocks)
        return .embedding(embedding, weight: weight)
    }

    /// Attributes alone, for example of a planned product.
    ///
    /// - Parameters:
    ///   - attributes: The known attributes.
    ///   - encoder: The encoder of the index.
    ///   - blocks: The encoders of further blocks of the index.
    ///   - weight: The weight of the example relative to others.
    /// - Returns: The example.
    /// - Throws: ``RecError`` with code `noSharedBlock` when the encoder knows none of the attributes, and the errors
    ///   of the encoder.
    public static func attributes(
        _ attributes: [String: AttributeValues],
        encodedBy encoder: any MetadataEncoder,
        blocks: [any BlockEncoder] = [],
        weight: Double = 1
    ) throws -> Example {
        var embedding = Embedding([:])
        try embedding.add(attributes, encodedBy: [MetadataBlock(encoder: encoder)] + blocks)
        guard !embedding.blocks.isEmpty else {
            let names = encoder.space.attributes.map(\.name).joined(separator: ", ")
            throw RecError(.noSharedBlock, "None of the attributes is known; the index compares by: \(names).")
        }
        return .embedding(embedding, weight: weight)
    }
}

extension Embedding {
    /// Adds the blocks that encoders make of attributes.
    fileprivate mutating func add(
        _ attributes: [String: AttributeValues],
        encodedBy encoders: [any BlockEncoder]
    ) throws {
        let product = Product(id: "", attributes: attributes)
        for encoder in encoders { self[encoder.block.name] = try encoder.encode(product) }
    }
}
