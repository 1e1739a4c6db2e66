/// Keeps extracted features between runs, so that a resumed run does not repeat finished pictures.
///
/// The functions are called from several tasks at once.
public protocol FeatureCache: Sendable {
    /// A key that is unique to the product's picture in its present state.
    ///
    /// - Returns: The key, or `nil` when the features of this product should not be kept.
    func key(of product: Product) -> String?

    /// The features stored for a key under the same recipe, or `nil`.
    func features(for key: String, recipe: Recipe) -> DenseVector?

    /// Stores features, together with their recipe, for a key.
    func store(_ features: DenseVector, for key: String) throws
}
