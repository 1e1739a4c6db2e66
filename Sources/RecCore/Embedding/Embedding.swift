/// A product's embedding: a few named blocks, each of unit length.
///
/// ```swift
/// let embedding = Embedding([.image: .dense(features), .metadata: .oneHot(codes)])
/// ```
/// A block may be absent: a product without a picture has no image block, one without known attributes no metadata
/// block. Comparison then uses the blocks that both sides have (see ``Weighting``).
public struct Embedding: Sendable, Hashable {
    /// One block of an embedding.
    public enum Block: Sendable, Hashable {
        /// A dense unit vector.
        case dense(DenseVector)
        /// A one-hot unit vector, stored as codes.
        case oneHot(AttributeCodes)
        /// A mix of one-hot vectors, as a query may have it; a product never does.
        case mixture(AttributeMixture)
    }

    /// The blocks by name.
    public var blocks: [BlockName: Block]

    /// Creates an embedding.
    public init(_ blocks: [BlockName: Block]) {
        self.blocks = blocks
    }

    /// The block of that name, if the embedding has it.
    public subscript(name: BlockName) -> Block? {
        get { blocks[name] }
        set { blocks[name] = newValue }
    }
}
