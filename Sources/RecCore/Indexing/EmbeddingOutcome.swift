/// The outcome of embedding one product.
struct EmbeddingOutcome: Sendable {
    let product: Product
    var embedding = Embedding([:])
    var failures: [IndexingReport.Failure] = []
    var isCached = false
    var storingError: (any Error)?
}

/// The outcome of extracting the features of one picture.
enum FeatureOutcome: Sendable {
    /// The product has no picture.
    case absent
    /// The features were in the cache.
    case cached(DenseVector)
    /// The features were extracted; the error is the cache's, if it failed to store them.
    case extracted(DenseVector, storingError: (any Error)?)
    /// The picture could not be used.
    case failed(any Error)
}
