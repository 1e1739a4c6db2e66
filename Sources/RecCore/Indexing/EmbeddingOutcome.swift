/// The outcome of embedding one product.
struct EmbeddingOutcome: Sendable {
    let product: Product
    var embedding = Embedding([:])
    var failures: [IndexingReport.Failure] = []
    var isCached = false
    var storingError: (any Error)?
}

/// The outcome of extracting the features of a product.
enum FeatureOutcome: Sendable {
    /// The product has no picture.
    case absent
    /// The features were in the cache.
    case cached(DenseVector)
    /// The features were extracted. Some of several pictures may have failed; the storing error is the cache's.
    case extracted(DenseVector, failures: [any Error], storingError: (any Error)?)
    /// No picture could be used.
    case failed([any Error])
}
