import RecCore
import RecImage

/// Tests a generation with one of its products, before requests use it.
struct SmokeTest {
    let generation: Generation

    /// How many products are searched for one whose picture exists.
    private static let mostProducts = 200

    /// The least similarity of a product to its own picture; the vector of several pictures is their mean.
    private static let leastSimilarity = 0.7

    /// Embeds the picture of a product again and searches for it; without pictures, searches for a product.
    ///
    /// - Throws: `SmokeTestFailure`, and the errors of the search.
    func run() async throws {
        let index = generation.index
        let ids = try await index.index.ids(after: nil, count: Self.mostProducts)
        guard let first = ids.first else { throw SmokeTestFailure("The index has no products.") }
        guard let network = generation.network else { return try await search(for: first) }
        for product in try await index.products(ids).compactMap(\.self) {
            guard let name = product.picture, let file = try await generation.pictures.file(of: name) else { continue }
            return try await search(for: product.id, by: file, network)
        }
        try await search(for: first)
    }

    private func search(for id: ProductID, by file: String, _ network: PictureNetwork) async throws {
        let picture = Embedding([.image: .dense(try await network.features(of: .file(file)))])
        let found = try await generation.index.index.similar(
            to: picture,
            count: 10,
            offset: 0,
            weighting: Weighting(try BlockWeights(image: 1)),
            filter: nil
        )
        // Many products may have the same picture; then others may stand before this one.
        let own = found.first { $0.id == id } ?? found.last
        guard let own, own.id == id || own.score == found[0].score, own.score >= Self.leastSimilarity else {
            throw SmokeTestFailure("A search by the picture of product '\(id)' does not find the product.")
        }
    }

    private func search(for id: ProductID) async throws {
        _ = try await generation.index.index.similar(to: id, count: 1, offset: 0, weighting: .standard, filter: nil)
    }
}

/// A generation that must not be used.
struct SmokeTestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
