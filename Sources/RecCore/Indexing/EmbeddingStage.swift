/// Embeds one batch of products.
struct EmbeddingStage: Sendable {
    let encoders: [any BlockEncoder]
    /// Loads the inputs of products, and returns a function that extracts their features.
    let features: @Sendable ([Product]) async throws -> @Sendable () async throws -> [FeatureOutcome]

    /// Loads what the products need, which may take long but computes little.
    ///
    /// - Returns: A function that computes: one outcome for each product, in the same order. It throws
    ///   `CancellationError` only.
    /// - Throws: `CancellationError` only.
    func load(_ products: [Product]) async throws -> @Sendable () async throws -> [EmbeddingOutcome] {
        let features = try await features(products)
        return { encode(products, try await features()) }
    }

    private func encode(_ products: [Product], _ features: [FeatureOutcome]) -> [EmbeddingOutcome] {
        zip(products, features).map { product, features in
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
        case .extracted(let vector, let errors, let storingError):
            outcome.embedding[.image] = .init(vector)
            outcome.storingError = storingError
            addFailures(errors, to: &outcome)
        case .failed(let errors):
            addFailures(errors, to: &outcome)
        }
    }

    private func addFailures(_ errors: [any Error], to outcome: inout EmbeddingOutcome) {
        for error in errors {
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
