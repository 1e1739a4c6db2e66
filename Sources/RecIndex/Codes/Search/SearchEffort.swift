internal import RecCore

/// The effort of a search by codes to find the exact answer.
public enum SearchEffort: Sendable, Hashable {
    /// The answer is that of a comparison with all products, bit for bit: exact vectors decide where codes do not.
    case exact

    /// The search uses only a share of the proven error bounds, from 0 to 1, so that it reads fewer products.
    ///
    /// The bounds hold for the worst case, which is rare: with half of them a search finds more than 99 % of the true
    /// neighbours on pictures of products. ``Index/leastEffort(forRecall:count:sample:weighting:progress:)`` measures
    /// the recall.
    case bounded(share: Double)

    /// The search reads only the lists nearest to the query, up to this number of products. It refines the best
    /// `candidates` by codes, and ranks the best of those, six times as many as are wanted, by exact vectors.
    ///
    /// Both numbers are greater than zero. It is faster than ``bounded(share:)`` from some hundred thousand products
    /// on.
    case probing(products: Int, candidates: Int)

    /// The search walks through the graph of the index to so many products that it expects to score best, at least as
    /// many as are wanted, and ranks them by exact vectors. It ends when the rest is unlikely to score better.
    ///
    /// It is the fastest effort, for any number of products. Where there is no graph, or where a filter leaves so few
    /// products that the graph does not help, the search is exact.
    case navigating(candidates: Int)

    /// The share of the error bounds that is used.
    var share: Float {
        switch self {
        case .exact, .probing, .navigating: 1
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
        case .navigating(let candidates):
            guard candidates > 0 else {
                throw RecError(.invalidSetting, "Navigating to \(candidates) candidates finds nothing.")
            }
        }
    }
}
