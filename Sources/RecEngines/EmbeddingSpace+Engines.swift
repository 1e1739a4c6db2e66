package import RecCore

extension EmbeddingSpace {
    /// The bytes that a product is likely to take: its dense vectors, and a kibibyte for everything else.
    package var likelyProductBytes: Int {
        1024 + 4 * blocks.reduce(0) { $0 + ($1.attributes == nil ? $1.dimension : 0) }
    }
}
