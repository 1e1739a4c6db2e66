import Hummingbird
import RecCore
import RecImage
import Tracing

/// Changes of the catalogue, for those who have the token.
struct WriteRoutes {
    let generations: GenerationSwitch
    let gate: PictureGate
    let settings: ShopSettings

    func add(to router: some RouterMethods<ShopContext>) {
        router.put("products/:id", use: put)
        router.delete("products/:id", use: delete)
    }

    /// `PUT /products/ID`: durable, and found by the next search, when the answer is there.
    @Sendable private func put(_ request: Request, _ context: ShopContext) async throws -> Response {
        let id = try context.productID()
        try ProductForm.check(id)
        return try await withDeadline(settings.timeout) {
            try await generations.withCurrent { generation in
                guard let changes = generation.index.changes else { throw ShopError.readOnly }
                guard let embedder = generation.embedder else {
                    throw settings.uploadFolder == nil ? ShopError.noUploads : ShopError.noPictureSearch
                }
                guard request.mediaType == "multipart/form-data" else { throw ShopError.notAForm }
                return try await gate.pass {
                    let body = try await request.bytes(upTo: settings.maximumBodySize)
                    let form = try ProductForm(body, contentType: request.headers[.contentType] ?? "")
                    return try await store(form, id, in: generation, changes, embedder)
                }
            }
        }
    }

    private func store(
        _ form: ProductForm,
        _ id: ProductID,
        in generation: Generation,
        _ changes: any MutableSimilarityIndex,
        _ embedder: Generation.Embedder
    ) async throws -> Response {
        var product = Product(id: id, attributes: form.attributes, title: form.title)
        // A picture that cannot be used stops here, and nothing has changed.
        let embedding = try await embedder.embedding(of: product, picture: form.picture)
        let old = try await generation.index.products([id])[0]
        if let picture = form.picture { product.picture = try await generation.pictures.save(picture) }
        do {
            try await changes.change(
                upserting: [EmbeddedProduct(product: product, embedding: embedding)],
                removing: []
            )
        } catch {
            // The product was refused. After any other error the change may have been made, and its picture stays.
            if let name = product.picture, let error = error as? RecError, error.kind.httpStatus < 500 {
                await generation.pictures.delete(name)
            }
            throw error
        }
        if let name = old?.picture { await generation.pictures.delete(name) }
        return try .json(ProductLine(product, generation.pictures), status: old == nil ? .created : .ok)
    }

    /// `DELETE /products/ID`.
    @Sendable private func delete(_ request: Request, _ context: ShopContext) async throws -> Response {
        let id = try context.productID()
        return try await generations.withCurrent { generation in
            guard let changes = generation.index.changes else { throw ShopError.readOnly }
            let old = try await generation.index.product(id)
            guard try await changes.change(upserting: [], removing: [id]) == 1 else {
                throw RecError(.unknownProduct, "There is no product '\(id)'.")
            }
            if let name = old.picture { await generation.pictures.delete(name) }
            return Response(status: .noContent)
        }
    }
}

extension Generation.Embedder {
    /// The embedding of a product that a client puts.
    fileprivate func embedding(of product: Product, picture: [UInt8]?) async throws -> Embedding {
        try await withSpan("embed product") { _ in
            switch self {
            case .withPictures(let embedder):
                guard let picture else { return try await embedder.embed(product, picture: nil).embedding }
                return try await EmbeddingTime.measured {
                    try await embedder.embed(product, picture: .data(picture)).embedding
                }
            case .attributesAlone(let embedder):
                guard picture == nil else { throw ShopError.noPictureSearch }
                return try await embedder.embed(product, pictures: []).embedding
            }
        }
    }
}

extension ShopError {
    fileprivate static let notAForm = ShopError(
        status: .unsupportedMediaType,
        code: "not-a-form",
        message: "Send multipart/form-data with the parts 'attributes' (a JSON object), 'picture' and 'title'."
    )
}
