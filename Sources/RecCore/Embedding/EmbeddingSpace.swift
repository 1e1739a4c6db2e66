/// The blocks that comparable embeddings share: the name, kind and recipe of each.
///
/// An index has one space; every product and every query must fit it.
public struct EmbeddingSpace: Sendable, Hashable {
    /// The kind of a block.
    public enum Kind: Sendable, Hashable {
        /// Dense vectors of this dimension, made by this recipe.
        case dense(dimension: Int, recipe: Recipe)
        /// One-hot codes in this attribute space.
        case oneHot(AttributeSpace)
    }

    /// One block of the space.
    public struct Block: Sendable, Hashable {
        /// The name of the block.
        public let name: BlockName
        /// The kind of the block.
        public let kind: Kind

        /// Creates a block.
        public init(name: BlockName, kind: Kind) {
            self.name = name
            self.kind = kind
        }

        /// The number of floats that the block takes when written out.
        package var dimension: Int { kind.dimension }
    }

    /// The blocks in the order in which they are concatenated: image first, then metadata, by convention.
    public let blocks: [Block]

    /// Creates a space.
    ///
    /// - Precondition: There is at least one block, and no name occurs twice.
    public init(blocks: [Block]) {
        precondition(!blocks.isEmpty, "a space needs a block")
        precondition(Set(blocks.map(\.name)).count == blocks.count, "block names must differ")
        self.blocks = blocks
    }

    /// Checks that every block of `embedding` belongs to this space.
    ///
    /// - Throws: ``RecError`` with code `noSharedBlock`, `recipeMismatch` or `dimensionMismatch`.
    public func validate(_ embedding: Embedding) throws(RecError) {
        guard !embedding.blocks.isEmpty else {
            throw RecError(.noSharedBlock, "The embedding has no block: it needs a picture or an attribute.")
        }
        for name in embedding.blocks.keys.sorted() {
            guard let block = blocks.first(where: { $0.name == name }) else {
                let names = blocks.map(\.name.rawValue).joined(separator: ", ")
                throw RecError(
                    .recipeMismatch,
                    "The embedding has a block '\(name)'; the index has only: \(names)."
                )
            }
            if let given = embedding[name] { try block.validate(given) }
        }
    }
}

extension EmbeddingSpace.Block {
    /// The space of the attributes that the block is made of; `nil` for a dense block.
    package var attributes: AttributeSpace? { kind.attributes }

    /// The recipe of the vectors of a dense block; `nil` for any other.
    public var recipe: Recipe? { kind.recipe }

    /// The floats that the block takes in an embedding: none for a block that is stored as codes.
    var storedFloats: Int { kind.recipe == nil ? 0 : dimension }
}

extension EmbeddingSpace.Kind {
    /// Creates the kind of dense blocks.
    package init(dimension: Int, recipe: Recipe) { self = .dense(dimension: dimension, recipe: recipe) }

    /// Creates the kind of blocks of codes.
    package init(attributes: AttributeSpace) { self = .oneHot(attributes) }

    /// The space of the attributes; `nil` for a dense kind.
    package var attributes: AttributeSpace? { if case .oneHot(let space) = self { space } else { nil } }

    /// The recipe of the vectors; `nil` for any other kind.
    package var recipe: Recipe? { if case .dense(_, let recipe) = self { recipe } else { nil } }

    /// The number of components of a block written out.
    package var dimension: Int {
        switch self {
        case .dense(let dimension, _): dimension
        case .oneHot(let space): space.width
        }
    }

    /// The word for the kind in messages.
    var word: String {
        switch self {
        case .dense: "dense"
        case .oneHot: "one-hot"
        }
    }
}
