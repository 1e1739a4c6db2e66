/// Keeps extracted features between runs, so that a run that was stopped does not redo finished pictures.
///
/// The functions are called from several tasks at once.
public protocol FeatureCache: Sendable {
    /// What tells the present state of the product's picture from every other picture and every other state of it.
    ///
    /// - Returns: The key, or `nil` when the features of this product should not be kept.
    func key(of product: Product) -> String?

    /// The features that were stored for a key by the same recipe, or `nil`.
    func features(for key: String, recipe: Recipe) -> DenseVector?

    /// Stores features, together with their recipe, for a key.
    func store(_ features: DenseVector, for key: String) throws
}
