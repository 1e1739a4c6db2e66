/// A product's embedding: a few named blocks, each of unit length.
///
/// ```swift
/// let embedding = Embedding([.image: .dense(features), .metadata: .oneHot(codes)])
/// ```
/// A block may be absent: a product without a picture has no image block, one without known attributes no metadata
/// block. Comparison then uses the blocks that both sides have (see ``Weighting``).
public struct Embedding: Sendable, Hashable {
    /// One block of an embedding: a dense vector or codes.
    public struct Block: Sendable, Hashable {
        /// The forms that a block may have.
        package enum Form: Sendable, Hashable {
            /// A dense unit vector.
            case dense(DenseVector)
            /// A one-hot unit vector, stored as codes.
            case oneHot(AttributeCodes)
            /// A mix of one-hot vectors, as a query may have it; a product never does.
            case mixture(AttributeMixture)
        }

        package let form: Form
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

extension Embedding.Block {
    /// A dense unit vector.
    public static func dense(_ vector: DenseVector) -> Embedding.Block { Embedding.Block(form: .dense(vector)) }

    /// A one-hot unit vector, stored as codes.
    public static func oneHot(_ codes: AttributeCodes) -> Embedding.Block { Embedding.Block(form: .oneHot(codes)) }

    /// A mix of products, as a query may look for it.
    package static func mixture(_ mixture: AttributeMixture) -> Embedding.Block {
        Embedding.Block(form: .mixture(mixture))
    }

    /// Creates a dense block.
    package init(_ vector: DenseVector) { self = .dense(vector) }

    /// Creates a one-hot block.
    package init(_ codes: AttributeCodes) { self = .oneHot(codes) }

    /// Creates the block of a query that looks for a mix of products.
    package init(_ mixture: AttributeMixture) { self = .mixture(mixture) }

    /// The vector of a dense block; `nil` for any other.
    public var vector: DenseVector? { if case .dense(let vector) = form { vector } else { nil } }

    /// The codes of a one-hot block; `nil` for any other.
    public var codes: AttributeCodes? { if case .oneHot(let codes) = form { codes } else { nil } }

    /// The content of the block.
    var content: any BlockContent {
        switch form {
        case .dense(let vector): vector
        case .oneHot(let codes): codes
        case .mixture(let mixture): mixture
        }
    }
}
