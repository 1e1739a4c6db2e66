import RecIndex

/// A way to search a quantised index that the harness may ask for.
struct SearchVariant {
    /// What the harness calls it.
    let name: String
    /// What the library calls it.
    let effort: SearchEffort

    /// All ways to search an index of so many products, of which the last one is exact.
    static func all(count: Int, hasGraph: Bool) -> [SearchVariant] {
        if hasGraph {
            return [12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 44, 48, 52, 56, 64, 80, 96, 128, 192, 256].map {
                candidates in
                SearchVariant(name: "\(candidates) candidates", effort: .navigating(candidates: candidates))
            }
        }
        let shares = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9].map { share in
            SearchVariant(name: "share \(share)", effort: .bounded(share: share))
        }
        let probing = [60, 30, 15, 10].flatMap { part in
            [300, 1000, 2000].map { candidates in
                SearchVariant(
                    name: "probing 1/\(part), \(candidates) candidates",
                    effort: .probing(products: count / part, candidates: candidates)
                )
            }
        }
        return shares + probing + [SearchVariant(name: "exact", effort: .exact)]
    }
}
