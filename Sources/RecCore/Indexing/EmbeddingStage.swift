/// Embeds one batch of products.
struct EmbeddingStage: Sendable {
    let encoders: [any BlockEncoder]
    let features: @Sendable ([Product]) async throws -> [FeatureOutcome]

    /// One outcome for each product, in the same order.
    ///
    /// - Throws: `CancellationError` only.
    func run(_ products: [Product]) async throws -> [EmbeddingOutcome] {
        zip(products, try await features(products)).map { product, features in
            var outcome = EmbeddingOutcome(product: product)
            addImage(features, to: &outcome)
            for encoder in encoders { add(encoder, to: &outcome) }
            if outcome.embedding.blocks.isEmpty {
                outcome.failures.append(.init(product: product.id, block: nil, error: Self.nothingUsable))
            }
            return outcome
        }
    }

    /// The error for a product without any block.
    static var nothingUsable: RecError {
        RecError(.noSharedBlock, "It has neither a usable picture nor an attribute that the encoder knows.")
    }

    private func addImage(_ features: FeatureOutcome, to outcome: inout EmbeddingOutcome) {
        switch features {
        case .absent:
            break
        case .cached(let vector):
            outcome.embedding[.image] = .init(vector)
            outcome.isCached = true
        case .extracted(let vector, let storingError):
            outcome.embedding[.image] = .init(vector)
            outcome.storingError = storingError
        case .failed(let error):
            outcome.failures.append(.init(product: outcome.product.id, block: .image, error: error))
        }
    }

    private func add(_ encoder: any BlockEncoder, to outcome: inout EmbeddingOutcome) {
        let name = encoder.block.name
        do {
            outcome.embedding[name] = try encoder.encode(outcome.product)
        } catch {
            outcome.failures.append(.init(product: outcome.product.id, block: name, error: error))
        }
    }
}
