internal import RecCore

/// How sure a search by codes makes itself that no better product exists.
public enum SearchEffort: Sendable, Hashable {
    /// The answer is that of a comparison with all products, bit for bit: what codes leave in question is settled by
    /// exact vectors.
    case exact

    /// Only a share of the proven error bounds is respected, from 0 to 1, so that fewer products are looked at.
    ///
    /// The bounds hold for the worst case, which hardly ever comes: half of them finds more than 99 % of the true
    /// neighbours on pictures of products. ``Index/leastEffort(forRecall:count:sample:weighting:progress:)`` measures it.
    case bounded(share: Double)

    /// Only the lists nearest to the query are looked at, until they have held so many products; the best `candidates`
    /// by codes are refined, and the best of those, six times as many as are wanted, ranked by exact vectors.
    ///
    /// Both numbers are greater than zero. Cheaper than ``bounded(share:)`` from some hundred thousand products on.
    case probing(products: Int, candidates: Int)

    /// The share of the error bounds that is respected.
    var share: Float {
        switch self {
        case .exact, .probing: 1
        case .bounded(let share): Float(share)
        }
    }

    /// Checks the numbers.
    func check() throws(RecError) {
        switch self {
        case .exact: return
        case .bounded(let share):
            guard (0...1).contains(share) else {
                throw RecError(.invalidSetting, "The share of the bounds is \(share); it must be from 0 to 1.")
            }
        case .probing(let products, let candidates):
            guard products > 0, candidates > 0 else {
                throw RecError(
                    .invalidSetting,
                    "Probing \(products) products for \(candidates) candidates finds nothing; both must be greater than "
                        + "zero."
                )
            }
        }
    }
}
