import Foundation
import RecCore
import RecEngines
import RecImage
import RecMetadata

/// Embeds products as those of an index were.
struct IndexedEmbedder: Sendable {
    /// Embeds products; gives those that could be embedded, and why others could not, or not wholly.
    let embed: @Sendable ([Product]) async throws -> (products: [EmbeddedProduct], failures: [String])

    /// Opens the network of the index, if it has one, and its encoder.
    ///
    /// - Parameters:
    ///   - index: The index.
    ///   - weights: Where the weights are if they have moved.
    ///   - pictures: The pictures of a product.
    /// - Throws: `RecError` for weights or notes that cannot be used, or an index with neither pictures nor attributes.
    init(
        of index: some AnnotatedIndex,
        weights: String?,
        pictures: @escaping @Sendable (Product) -> [PictureSource]
    ) throws {
        let hasAttributes = index.space.blocks.contains { $0.name == .metadata }
        let encoder = hasAttributes ? try OneHotEncoder(space: index.space, notes: index.notes) : nil
        if index.space.blocks.contains(where: { $0.name == .image }) {
            let network = try IndexedNetwork(of: index).extractor(weights: weights)
            let threads = ProcessInfo.processInfo.activeProcessorCount
            let embedder = ProductEmbedder(extractor: network, encoder: encoder, threads: threads, inputs: pictures)
            embed = { try await Self.embed($0, with: embedder) }
        } else if let encoder {
            let embedder = ProductEmbedder(encoder: encoder)
            embed = { try await Self.embed($0, with: embedder) }
        } else {
            throw RecError(
                .noSharedBlock,
                "The index has neither pictures nor attributes that a product could be embedded by."
            )
        }
    }

    private static func embed(
        _ products: [Product],
        with embedder: ProductEmbedder<some Sendable>
    ) async throws -> ([EmbeddedProduct], [String]) {
        var embedded: [EmbeddedProduct] = []
        let report = try await embedder.embed(products) { embedded.append($0) }
        return (embedded, report.failures.map { "\($0)" })
    }
}
