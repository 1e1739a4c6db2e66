import RecCore
import RecEngines
import RecImage
import RecNetwork

/// The network that an index was built with, found again for new pictures.
///
/// The recipe in the index says what its vectors are; a note beside it says where the weights were. Weights that have
/// changed since then are refused by the recipe.
struct IndexedNetwork {
    static let weightsNote = "weights"

    private let recipe: Recipe?
    private let weights: String?

    init(of index: some AnnotatedIndex) {
        recipe = index.space.blocks.first { $0.name == .image }?.recipe
        weights = index.notes[Self.weightsNote]
    }

    /// Opens the network; `path` says where the weights are if they have moved.
    func extractor(weights path: String?) throws -> CNNFeatureExtractor {
        guard let recipe else {
            throw RecError(
                .noSharedBlock,
                "The index was built without pictures. Build it with --backbone and --weights to search by picture."
            )
        }
        guard let weights = path ?? weights else {
            throw RecError(.recipeMismatch, "The index does not say where its weights are; give --weights.")
        }
        BLAS.setThreadCount(1)
        return try CNNFeatureExtractor(recipe: recipe, weights: weights)
    }
}
