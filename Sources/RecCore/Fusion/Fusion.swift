/// Combines the cosines of an embedding's blocks into one score.
///
/// Conform a type of your own to rank by something other than a weighted mean. Greater is nearer, always.
public protocol Fusion: Sendable {
    /// The score for the cosines of the blocks that both sides have.
    ///
    /// - Returns: The score, or `nil` when `cosines` holds nothing that this fusion can use: such a pair is not ranked.
    ///   A score that is not a number counts as `nil`.
    func score(_ cosines: BlockCosines) -> Double?

    /// The weights, when this fusion is a ``WeightedFusion`` of the blocks; `nil`, the default, otherwise.
    ///
    /// An index may use them to score without calling ``score(_:)``.
    var weights: BlockWeights? { get }
}

extension Fusion {
    /// No weights: the index calls ``score(_:)``.
    public var weights: BlockWeights? { nil }
}

extension Fusion {
    /// The score, or `nil` when there is none or it is not a number.
    func comparableScore(_ cosines: BlockCosines) -> Double? {
        score(cosines).flatMap { $0.isNaN ? nil : $0 }
    }
}
