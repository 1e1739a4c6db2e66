/// Counts how many products of each group an answer has.
struct GroupCounter {
    private let limits: [GroupLimit]
    private let index: any SimilarityIndex
    /// The products that are liked: limits that count likes have counted them already.
    private let likes: Set<ProductID>
    /// For each limit, the products of each value.
    private var counts: [[String: Int]]

    init(_ query: RecommendationQuery, in index: any SimilarityIndex) {
        limits = query.groupLimits
        self.index = index
        counts = query.groupLimits.map { _ in [:] }
        likes = Set(query.likes.compactMap(\.id))
        guard !limits.isEmpty else { return }
        for product in likes.compactMap({ index.product($0) }) { count(product) { $0.countsLikes } }
    }

    /// Counts a product in its groups, unless one of them is full.
    ///
    /// - Returns: Whether it was counted.
    mutating func admit(_ candidate: ShapedProduct) -> Bool {
        guard !limits.isEmpty, let product = candidate.product ?? index.product(candidate.id) else { return true }
        for (limit, counts) in zip(limits, counts) {
            let values = product[limit.attribute].values
            guard values.allSatisfy({ counts[$0, default: 0] < limit.count }) else { return false }
        }
        countOnce(product)
        return true
    }

    /// Counts a product in its groups, whether or not they are full.
    mutating func count(_ id: ProductID) {
        guard !limits.isEmpty, let product = index.product(id) else { return }
        countOnce(product)
    }

    /// Counts a product where it was not counted as a like.
    private mutating func countOnce(_ product: Product) {
        let isCounted = likes.contains(product.id)
        count(product) { !$0.countsLikes || !isCounted }
    }

    private mutating func count(_ product: Product, where isWanted: (GroupLimit) -> Bool) {
        for (number, limit) in limits.enumerated() where isWanted(limit) {
            for value in product[limit.attribute].values { counts[number][value, default: 0] += 1 }
        }
    }

    /// Products of groups that are not full; `nil` when none is full.
    var admissible: AttributeFilter? {
        let full = zip(limits, counts).compactMap { limit, counts -> AttributeFilter? in
            let values = counts.filter { $0.value >= limit.count }.keys
            return values.isEmpty ? nil : .not(.has(limit.attribute, anyOf: Set(values)))
        }
        return full.isEmpty ? nil : .all(full)
    }
}
