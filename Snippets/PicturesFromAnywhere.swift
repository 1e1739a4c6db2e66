// Products whose pictures are in an object storage, several each.
import RecCore
import RecImage
import RecIndex

// snippet.show
func index(
    _ products: [Product],
    storage: @escaping @Sendable (_ key: String) async throws -> [UInt8],
    extractor: CNNFeatureExtractor,
    encoder: some MetadataEncoder
) async throws -> Index {
    let embedder = ProductEmbedder(extractor: extractor, encoder: encoder, threads: 4) { product in
        product.pictures.map { key in PictureSource.deferred(name: key) { try await storage(key) } }
    }
    var builder = IndexBuilder(space: embedder.space)
    let report = try await builder.add(products, embeddedBy: embedder)
    for failure in report.failures { print(failure) }
    return try await builder.build(threads: 4)
}
// snippet.end

print(Product(id: "15970", pictures: ["15970/front.jpg", "15970/back.webp"]).pictures.count)
