/// Makes an answer out of candidates that come in the order of their similarity: boosts, diversity, groups, pins, pages.
///
/// Without boosts and diversity each candidate is taken or skipped as it comes. With them candidates are ordered pool
/// by pool. The first pool is the nearest candidates, regardless of groups; later pools hold only candidates that the
/// groups admit, so that an index can return just these.
struct Shaper {
    private let query: RecommendationQuery
    /// Looks up a product that a candidate does not carry; `nil` if that would be a round trip.
    private let lookUp: ((ProductID) -> Product?)?
    private var groups: [GroupCap]
    private var diversity: DiversityRanking
    private var pool: [Candidate] = []
    /// The groups when all of the pool is taken; those of the pools after the first have room for it.
    private var groupsWithPool: [GroupCap]
    private var isFirstPool = true
    private var rank = 0

    /// The products of the page so far.
    private(set) var page: [ShapedProduct] = []

    init(
        _ query: RecommendationQuery,
        groups: [GroupCap],
        _ comparison: Comparison,
        lookUp: ((ProductID) -> Product?)?
    ) {
        self.query = query
        self.lookUp = lookUp
        self.groups = groups
        groupsWithPool = groups
        diversity = DiversityRanking(diversity: query.diversity, comparison)
    }

    /// Puts a pinned product before all candidates.
    mutating func pin(_ product: IndexedProduct, _ candidate: Candidate?) {
        if let product = product.product {
            groups.take(product)
            groupsWithPool = groups
        }
        take(ShapedProduct(product.id, candidate, product.product, boosts: query.boosts, isPinned: true))
        if query.diversity > 0, let embedding = product.embedding { diversity.choose(embedding) }
    }

    /// Candidates of a pool.
    ///
    /// Candidates that groups admit lie farther apart in the ranking, so a pool has fewer of them.
    private var poolSize: Int {
        groups.isEmpty || isFirstPool ? query.poolCount : max(query.poolCount / Self.groupedPoolShare, 1)
    }

    private static let groupedPoolShare = 4

    /// The demand of the page; `nil` when it is complete.
    var demand: Demand? {
        guard rank < query.end else { return nil }
        let wanted = query.end - rank
        guard query.reorders else { return Demand(count: wanted, groups: groups) }
        if isFirstPool, !groups.isEmpty { return Demand(count: query.poolCount - pool.count) }
        let pools = (wanted - 1) / poolSize + 1
        return Demand(count: pools.multiplied(by: poolSize) - pool.count, groups: groupsWithPool)
    }

    /// Takes candidates as far as the page needs them.
    ///
    /// With `isLast` there are no more candidates after these.
    ///
    /// - Throws: `CancellationError`.
    mutating func offer(_ candidates: some Sequence<Candidate>, isLast: Bool) throws {
        for candidate in candidates {
            guard rank < query.end else { return }
            if !query.reorders {
                if admits(candidate, &groups) { take(shaped(candidate)) }
            } else if isFirstPool || admits(candidate, &groupsWithPool) {
                pool.append(candidate)
                if pool.count == poolSize { try takePool() }
            }
        }
        if isLast, !pool.isEmpty { try takePool() }
    }

    private mutating func takePool() throws {
        var products = pool.map { shaped($0) }
        pool = []
        if !query.boosts.isEmpty { products.sort { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score } }
        if query.diversity > 0 {
            var ranking = diversity
            try ranking.offer(products) { product in
                guard rank < query.end else { return .enough }
                guard admits(product.candidate, &groups) else { return .passedOver }
                take(product)
                return .taken
            }
            diversity = ranking
        } else {
            for product in products where rank < query.end && admits(product.candidate, &groups) { take(product) }
        }
        isFirstPool = false
        groupsWithPool = groups
    }

    private func admits(_ candidate: Candidate?, _ groups: inout [GroupCap]) -> Bool {
        guard !groups.isEmpty, let candidate else { return true }
        return (candidate.product ?? lookUp?(candidate.id)).map { groups.admit($0) } ?? true
    }

    private func shaped(_ candidate: Candidate) -> ShapedProduct {
        ShapedProduct(candidate.id, candidate, candidate.product, boosts: query.boosts)
    }

    private mutating func take(_ product: ShapedProduct) {
        if rank >= query.offset, rank < query.end { page.append(product) }
        rank += 1
    }
}
