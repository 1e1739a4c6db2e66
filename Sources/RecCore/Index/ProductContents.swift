/// The contents of a product that an index returns beside its identifier.
public struct ProductContents: Sendable, Hashable {
    /// A choice of blocks of an embedding.
    public enum Blocks: Sendable, Hashable {
        /// No embedding.
        case none
        /// The embedding with these blocks only.
        case only(Set<BlockName>)
        /// The whole embedding.
        case all
    }

    /// Whether the answer holds the product with its attributes, title and picture.
    public var product: Bool

    /// The blocks of its embedding that the answer holds.
    public var blocks: Blocks

    /// Creates a choice of contents.
    public init(product: Bool = false, blocks: Blocks = .none) {
        self.product = product
        self.blocks = blocks
    }

    /// Identifiers only.
    public static let none = ProductContents()

    /// The product and its whole embedding.
    package static let all = ProductContents(product: true, blocks: .all)

    /// Whether only identifiers are requested.
    package var isEmpty: Bool { !product && blocks == .none }

    /// The requested part of an embedding; `nil` for none.
    package func part(of embedding: Embedding) -> Embedding? {
        switch blocks {
        case .none: nil
        case .only(let names): Embedding(embedding.blocks.filter { names.contains($0.key) })
        case .all: embedding
        }
    }
}
