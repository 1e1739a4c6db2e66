/// Embeds one batch of products.
struct EmbeddingStage: Sendable {
    let encoder: (any MetadataEncoder)?
    let features: @Sendable ([Product]) async throws -> [FeatureOutcome]

    /// One outcome for each product, in the same order.
    ///
    /// - Throws: `CancellationError` only.
    func run(_ products: [Product]) async throws -> [EmbeddingOutcome] {
        zip(products, try await features(products)).map { product, features in
            var outcome = EmbeddingOutcome(product: product)
            addImage(features, to: &outcome)
            addMetadata(to: &outcome)
            if outcome.embedding.blocks.isEmpty {
                let reason = RecCoreError(
                    .noSharedBlock,
                    "It has neither a usable picture nor an attribute that the encoder knows."
                )
                outcome.failures.append(.init(product: product.id, block: nil, error: reason))
            }
            return outcome
        }
    }

    private func addImage(_ features: FeatureOutcome, to outcome: inout EmbeddingOutcome) {
        switch features {
        case .absent:
            break
        case .cached(let vector):
            outcome.embedding[.image] = .dense(vector)
            outcome.isCached = true
        case .extracted(let vector, let storingError):
            outcome.embedding[.image] = .dense(vector)
            outcome.storingError = storingError
        case .failed(let error):
            outcome.failures.append(.init(product: outcome.product.id, block: .image, error: error))
        }
    }

    private func addMetadata(to outcome: inout EmbeddingOutcome) {
        guard let encoder else { return }
        do {
            outcome.embedding[.metadata] = try encoder.encode(outcome.product).map { .oneHot($0) }
        } catch {
            outcome.failures.append(.init(product: outcome.product.id, block: .metadata, error: error))
        }
    }
}
