/// Makes an answer of a taste: boosts, diversity, groups, pinned products, pages, in the order that
/// ``RecommendationQuery`` says.
struct Shaper {
    private let query: RecommendationQuery
    private let taste: any Taste
    private let search: Search
    private var stream: CandidateStream
    private var groups: GroupCounter
    private var diversity: DiversityRanking
    private var rank = 0
    private var answer: [ShapedProduct] = []

    /// How many products are fetched for each that is wanted when groups leave some out.
    private static let groupReserve = 4

    init(_ query: RecommendationQuery, taste: any Taste, search: Search) {
        self.query = query
        self.taste = taste
        self.search = search
        stream = CandidateStream(taste)
        groups = GroupCounter(query, in: search.index)
        diversity = DiversityRanking(diversity: query.diversity, search: search)
    }

    /// The products of the query's page, in order, after the pinned products that may be in the answer.
    consuming func page(pinned: [ProductID]) throws -> [ShapedProduct] {
        guard query.count > 0 else { return [] }
        for id in pinned {
            groups.count(id)
            take(try self.pinned(id))
            if query.diversity > 0 { try diversity.choose(id) }
        }
        let page = query.reorders ? query.poolCount : min(max(query.end, 16), RecommendationQuery.greatestPoolCount)
        while rank < query.end {
            try Task.checkCancellation()
            let candidates = try stream.next(page, expected: expected(page), admissible: groups.admissible)
            if candidates.isEmpty { break }
            try shape(candidates)
        }
        return answer
    }

    /// How many candidates will be needed, as far as it can be known.
    private func expected(_ page: Int) -> Int {
        let (reserved, overflows) = query.end.multipliedReportingOverflow(by: Self.groupReserve)
        let wanted = query.groupLimits.isEmpty ? query.end : (overflows ? .max : reserved)
        return query.reorders ? page : max(page, wanted)
    }

    private mutating func shape(_ candidates: ArraySlice<Candidate>) throws {
        var pool = candidates.map { boosted($0.id, similarity: $0.similarity) }
        if !query.boosts.isEmpty { pool.sort { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score } }
        guard query.diversity > 0 else {
            for product in pool {
                if rank >= query.end { return }
                if groups.admit(product) { take(product) }
            }
            return
        }
        var ranking = diversity
        try ranking.offer(pool) { product in
            if rank >= query.end { return .enough }
            guard groups.admit(product) else { return .passedOver }
            take(product)
            return .taken
        }
        diversity = ranking
    }

    /// Gives a product the next rank, and keeps it when that is on the page.
    private mutating func take(_ product: ShapedProduct) {
        if rank >= query.offset, rank < query.end { answer.append(product) }
        rank += 1
    }

    private func boosted(_ id: ProductID, similarity: Double?) -> ShapedProduct {
        guard !query.boosts.isEmpty, let product = search.index.product(id) else {
            return ShapedProduct(id: id, similarity: similarity, score: similarity ?? 0)
        }
        let boosts = query.boosts.map { $0.clamped(product) }
        return ShapedProduct(
            id: id,
            similarity: similarity,
            score: boosts.reduce(similarity ?? 0, +),
            boosts: boosts,
            product: product
        )
    }

    private func pinned(_ id: ProductID) throws -> ShapedProduct {
        let embedding = try search.index.embedding(of: id).map { search.comparable($0) }
        var product = boosted(id, similarity: embedding.flatMap { taste.similarity(of: $0) })
        product.isPinned = true
        return product
    }
}
