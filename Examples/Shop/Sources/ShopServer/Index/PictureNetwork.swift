import Foundation
import Logging
import RecCore
import RecImage

/// The network of an index, on threads of its own.
typealias PictureNetwork = ExtractionQueue<CNNFeatureExtractor>

extension PictureNetwork {
    /// The file of the default model, which `make model` fetches.
    static let defaultWeights = ".models/efficientnet-lite0-57934424.pth"

    /// Opens the network that made the image block of an index.
    ///
    /// Weights that the settings name must be those of the index. Others are tried where they are: what the index
    /// notes, then the default model.
    ///
    /// - Returns: The network; `nil` for an index without pictures, or when no weights were found.
    /// - Throws: `RecError`, with code `recipe-mismatch` when the weights that are named are others.
    static func open(for index: OpenIndex, _ settings: ShopSettings, logger: Logger) throws -> PictureNetwork? {
        guard let recipe = index.index.space.blocks.first(where: { $0.name == .image })?.recipe else { return nil }
        if let path = settings.weights { return try PictureNetwork(recipe, path, settings) }
        for path in [index.notes["weights"], defaultWeights].compactMap(\.self)
        where FileManager.default.fileExists(atPath: path) {
            do {
                return try PictureNetwork(recipe, path, settings)
            } catch {
                logger.warning(
                    "These weights do not match the index.",
                    metadata: ["path": "\(path)", "error": "\(error)"]
                )
            }
        }
        logger.warning("Search by picture is off. Pass the weights that the index was built with as --weights.")
        return nil
    }

    /// Opens the network for a new index, whose recipe is that of the default model.
    ///
    /// - Returns: The network; `nil` when there are no weights.
    static func forNewIndex(_ settings: ShopSettings) throws -> PictureNetwork? {
        let path = settings.weights ?? defaultWeights
        guard settings.weights != nil || FileManager.default.fileExists(atPath: path) else { return nil }
        let network = try CNNFeatureExtractor(
            .efficientNetLite0,
            weights: path,
            settings: ExtractionSettings(maximumPixelCount: settings.maximumPixelCount)
        )
        return try PictureNetwork(network, threads: settings.threads, capacity: settings.maximumPendingPictures)
    }

    private convenience init(_ recipe: Recipe, _ weights: String, _ settings: ShopSettings) throws {
        let network = try CNNFeatureExtractor(
            recipe: recipe,
            weights: weights,
            maximumPixelCount: settings.maximumPixelCount
        )
        try self.init(network, threads: settings.threads, capacity: settings.maximumPendingPictures)
    }
}
