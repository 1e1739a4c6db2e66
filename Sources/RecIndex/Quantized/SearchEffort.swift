/// How sure a quantised index makes itself that no better product exists.
public enum SearchEffort: Sendable, Hashable {
    /// The answer is that of an ``ExactIndex``, bit for bit: what codes leave in question is settled by exact vectors.
    case exact

    /// Only a share of the proven error bounds is respected, from 0 to 1, so that fewer products are looked at.
    ///
    /// The bounds hold for the worst case, which hardly ever comes: half of them finds more than 99 % of the true
    /// neighbours on pictures of products. ``QuantizedIndex/recall(of:count:sample:seed:fusion:)`` measures it.
    case bounded(share: Double)

    /// The share of the error bounds that is respected.
    var share: Float {
        switch self {
        case .exact: 1
        case .bounded(let share): share.isNaN ? 1 : Float(min(max(share, 0), 1))
        }
    }
}
