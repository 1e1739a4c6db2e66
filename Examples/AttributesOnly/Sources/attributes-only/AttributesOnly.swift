import RecCore
import RecIndex
import RecMetadata

/// A shop without pictures: recommends by attributes alone, and explains itself by a fusion of its own.
@main
struct AttributesOnly {
    static func main() async throws {
        let products = [
            Product(id: "tee-navy", attributes: ["type": "T-shirt", "colour": "Navy", "fabric": ["Cotton", "Linen"]]),
            Product(id: "tee-white", attributes: ["type": "T-shirt", "colour": "White", "fabric": "Cotton"]),
            Product(id: "shirt-navy", attributes: ["type": "Shirt", "colour": "Navy", "fabric": "Cotton"]),
            Product(id: "bag-black", attributes: ["type": "Bag", "colour": "Black", "fabric": "Leather"]),
        ]
        let encoder = try OneHotEncoder(
            fitting: products,
            attributes: ["type", AttributeEncoding("colour", weight: 2), "fabric"]
        )
        let embedder = ProductEmbedder(encoder: encoder)
        var builder = IndexBuilder(space: embedder.space)
        _ = try await builder.add(products, embeddedBy: embedder)

        let recommender = Recommender(index: try await builder.build(), weighting: Weighting(fusion: Emphasis()))
        let similar = try await recommender.similar(to: "tee-navy", count: 2)
        for neighbor in similar { print(neighbor.id, neighbor.score) }
        guard similar.map(\.id) == ["shirt-navy", "tee-white"] else { fatalError("the navy shirt should come first") }
    }
}

/// A fusion of the host's own: squares the cosine, so that near products stand out.
struct Emphasis: Fusion {
    func score(_ cosines: BlockCosines, weights: BlockWeights) -> Double? {
        cosines[.metadata].map { $0 * $0 }
    }
}
