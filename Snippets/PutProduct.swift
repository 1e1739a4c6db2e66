// PUT and DELETE of one product with its picture, on a live index.
import RecCore
import RecImage
import RecIndex

// snippet.show
/// Where the shop keeps its pictures: a folder, an object store.
struct PictureStore: Sendable {
    /// Stores a picture under a name that no picture has yet, durably, and returns the name.
    let save: @Sendable ([UInt8]) async throws -> String
    let delete: @Sendable (_ name: String) async -> Void
}

struct Shelf {
    let index: LiveIndex
    let embedder: ProductEmbedder<PictureSource>
    let pictures: PictureStore

    func put(_ product: Product, picture: [UInt8]?) async throws {
        // A picture that cannot be used stops here, and nothing has changed.
        var embedded = try await embedder.embed(product, picture: picture.map { .data($0) })
        if let picture {
            var product = product
            product.picture = try await pictures.save(picture)
            embedded = EmbeddedProduct(product: product, embedding: embedded.embedding)
        }
        let old = index.product(product.id)?.picture
        // On the disk, and found by the next search, when the call returns.
        try await index.upsert(embedded)
        if let old { await pictures.delete(old) }
    }

    func delete(_ id: ProductID) async throws {
        let picture = index.product(id)?.picture
        guard try await index.remove(id) else { throw RecError(.unknownProduct, "There is no product '\(id)'.") }
        if let picture { await pictures.delete(picture) }
    }
}
// snippet.hide

// snippet.status
func status(for error: any Error) -> Int {
    switch error {
    case let error as RecError: error.kind.httpStatus
    case is DecodingError: 400
    case is CancellationError: 503
    default: 500
    }
}
// snippet.end

print(status(for: RecError(.unknownProduct, "There is no product '7'.")))
