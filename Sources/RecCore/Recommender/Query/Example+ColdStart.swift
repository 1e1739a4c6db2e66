extension Example {
    /// A picture, or whatever the extractor takes, that was never seen before, with attributes if they are known.
    ///
    /// - Parameters:
    ///   - input: What features are extracted from.
    ///   - extractor: That of the index.
    ///   - attributes: What is known of the product besides.
    ///   - encoder: That of the index; without one its metadata block is absent.
    ///   - blocks: The encoders of further blocks of the index.
    ///   - weight: How much the example counts beside others.
    /// - Returns: The example.
    /// - Throws: What the extractor and the encoder throw.
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

    /// Attributes alone, as of a product that is only planned.
    ///
    /// - Parameters:
    ///   - attributes: What is known.
    ///   - encoder: That of the index.
    ///   - blocks: The encoders of further blocks of the index.
    ///   - weight: How much the example counts beside others.
    /// - Returns: The example.
    /// - Throws: ``RecError`` with code `noSharedBlock` when the encoder knows none of the attributes, and what the
    ///   encoder throws.
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
