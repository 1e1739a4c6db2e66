package import RecCore

extension EmbeddingSpace {
    /// The components of all vectors of a product together.
    package var componentCount: Int { blocks.reduce(0) { $0 + ($1.attributes == nil ? $1.dimension : 0) } }
}
