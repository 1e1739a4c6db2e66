package import RecCore

extension EmbeddingSpace {
    /// The number of components of a product's vectors, without those of attributes.
    package var componentCount: Int { blocks.reduce(0) { $0 + ($1.attributes == nil ? $1.dimension : 0) } }
}
