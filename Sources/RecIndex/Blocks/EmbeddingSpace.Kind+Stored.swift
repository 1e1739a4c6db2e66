internal import RecCore

extension EmbeddingSpace.Kind {
    /// The stored form of blocks of this kind; the only mapping from kinds of the space to kinds of the index.
    var stored: any BlockKind {
        switch self {
        case .dense(let dimension, let recipe): DenseKind(dimension: dimension, recipe: recipe)
        case .oneHot(let attributes): OneHotKind(space: attributes)
        }
    }
}
