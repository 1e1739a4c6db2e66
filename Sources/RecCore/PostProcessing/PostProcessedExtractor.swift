/// An extractor with a transform, so that queries are post-processed like the products of the index.
///
/// ```swift
/// let extractor = try PostProcessedExtractor(network, transform: transform)
/// let embedder = ProductEmbedder(extractor: extractor, encoder: encoder) { $0.picture.map { .file($0) } }
/// ```
public struct PostProcessedExtractor<Base: FeatureExtractor>: FeatureExtractor {
    /// The extractor of the untransformed features.
    package let base: Base

    /// The transform of the features.
    package let transform: EmbeddingTransform

    /// Adds a transform to an extractor.
    ///
    /// - Throws: ``RecError`` with code `recipeMismatch` or `dimensionMismatch` when the transform was fitted to
    ///   vectors of another extractor.
    public init(_ base: Base, transform: EmbeddingTransform) throws(RecError) {
        _ = try transform.apply(to: EmbeddingSpace(blocks: [EmbeddingSpace.Block(image: base)]))
        self.base = base
        self.transform = transform
    }

    /// The recipe of the transform.
    public var recipe: Recipe { transform.recipe }

    /// The number of components of each vector.
    public var dimension: Int { transform.outputDimension }

    /// Brings an input into memory as the extractor does.
    public func load(_ input: Base.Input) async throws -> Base.Input { try await base.load(input) }

    /// Extracts the features of several inputs and transforms them, off the caller's actor.
    @concurrent
    public func features(of inputs: [Base.Input]) async throws -> [Result<DenseVector, any Error>] {
        try await base.features(of: inputs).map { result in
            result.flatMap { features in Result { try transform.apply(to: features) } }
        }
    }
}
