/// Counts how many products of each group an answer has.
struct GroupCounter {
    private let limit: GroupLimit?
    private let index: any SimilarityIndex
    private var counts: [String: Int] = [:]

    init(_ limit: GroupLimit?, in index: any SimilarityIndex) {
        self.limit = limit
        self.index = index
    }

    /// Counts a product in its groups, unless one of them is full.
    ///
    /// - Returns: Whether there was room.
    mutating func admit(_ id: ProductID) -> Bool {
        guard let limit, let values = index.product(id)?[limit.attribute].values else { return true }
        guard values.allSatisfy({ counts[$0, default: 0] < limit.count }) else { return false }
        for value in values { counts[value, default: 0] += 1 }
        return true
    }
}
