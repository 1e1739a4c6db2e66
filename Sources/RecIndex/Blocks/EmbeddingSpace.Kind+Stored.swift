internal import RecCore

extension EmbeddingSpace.Kind {
    /// How blocks of this kind are stored: the one place where a kind of the space becomes one of the index.
    var stored: any BlockKind {
        switch self {
        case .dense(let dimension, let recipe): DenseKind(dimension: dimension, recipe: recipe)
        case .oneHot(let attributes): OneHotKind(space: attributes)
        }
    }
}
