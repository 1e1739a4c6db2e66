/// A recommendation as a sequence of round trips: ``next()`` returns a request to the index, `receive` takes its
/// answer.
///
/// At most three are needed: the products that the query names, the candidates, and either more candidates or the
/// contents for the reasons. The same steps serve an index in this process and one across a network.
struct RecommendationJob {
    /// The page; complete when ``next()`` returns `nil`.
    private(set) var answer: [Recommendation] = []

    private enum Phase {
        case lookingUp
        case searching
        case filling
        case explaining
        case finished
    }

    private let query: RecommendationQuery
    private let weighting: Weighting
    private let calibration: ScoreCalibration?
    private let space: EmbeddingSpace
    /// Looks up a product of an index in this process.
    private let lookUp: ((ProductID) -> Product?)?

    private var phase = Phase.lookingUp
    private var named: [ProductID: IndexedProduct] = [:]
    private var taste: (any Taste)?
    private var shaper: Shaper?
    private var offered = 0
    private var asked = 0
    private var isSumOfSeveral = false

    /// - Throws: ``RecError`` when the query contradicts itself.
    init(
        _ query: RecommendationQuery,
        _ recommender: Recommender<some SimilarityIndex>,
        space: EmbeddingSpace,
        lookUp: ((ProductID) -> Product?)?
    ) throws(RecError) {
        try query.validate()
        self.query = query
        self.space = space
        self.lookUp = lookUp
        weighting = query.weighting ?? recommender.weighting
        calibration = recommender.calibration
        try space.validate(weighting)
    }

    /// The next request to the index; `nil` when the answer is complete.
    mutating func next() throws -> IndexRequest? {
        switch phase {
        case .lookingUp:
            let ids = namedProducts
            if !ids.isEmpty || !groupedAttributes.isEmpty {
                let contents = ProductContents(product: !query.pinned.isEmpty || countsLikes, blocks: .all)
                return .lookUp(ids, contents, attributes: groupedAttributes)
            }
            try begin()
            return try next()
        case .searching:
            let demand = query.count == 0 ? Demand(count: 0, groups: groups) : shaper?.demand
            guard let demand, let searches = taste?.searches(for: demand),
                !searches.isEmpty
            else {
                phase = .explaining
                return try next()
            }
            asked = searches.count
            return .search(searches)
        case .filling:
            return .lookUp(newCandidates.map(\.id), contents, attributes: [])
        case .explaining:
            let page = shaper?.page ?? []
            let isKnown = page.allSatisfy(isKnown)
            guard !isKnown else {
                finish(page, [:])
                return nil
            }
            let contents = ProductContents(
                product: query.contents.product,
                blocks: query.explains ? .all : query.contents.blocks
            )
            return .lookUp(page.map(\.id), contents, attributes: [])
        case .finished:
            return nil
        }
    }

    /// Takes the requested products.
    mutating func receive(_ products: [IndexedProduct?], attributes: [String]) throws {
        let byID = Dictionary(products.compactMap { $0.map { ($0.id, $0) } }) { first, _ in first }
        switch phase {
        case .lookingUp:
            named = byID
            try RecError.requireKnown(groupedAttributes, among: attributes)
            try begin()
        case .filling:
            try offer(
                newCandidates.map { candidate in
                    var candidate = candidate
                    candidate.product = byID[candidate.id]?.product
                    candidate.embedding = byID[candidate.id]?.embedding
                    return candidate
                }
            )
        case .searching, .explaining, .finished:
            finish(shaper?.page ?? [], byID)
        }
    }

    /// Takes the answers to the searches.
    mutating func receive(_ answers: [[Neighbor]]) throws {
        guard answers.count == asked else {
            throw RecError(
                .brokenContract,
                "The index gave \(answers.count) answers to \(asked) queries; it must give one for each."
            )
        }
        taste?.receive(answers)
        if fillsLater, !contents.isEmpty, !newCandidates.isEmpty {
            phase = .filling
        } else {
            try offer(Array(newCandidates))
        }
    }

    /// The candidates that came with the last answers.
    private var newCandidates: ArraySlice<Candidate> { taste?.candidates[offered...] ?? [] }

    private mutating func offer(_ candidates: [Candidate]) throws {
        offered += candidates.count
        try shaper?.offer(candidates, isLast: taste?.isComplete ?? true)
        phase = query.count == 0 || shaper?.demand == nil ? .explaining : .searching
    }
}

// MARK: - Before the search

extension RecommendationJob {
    /// The products whose contents the search needs.
    private var namedProducts: [ProductID] {
        var seen: Set<ProductID> = []
        let examples = (query.likes + query.dislikes).compactMap(\.id)
        return (query.pinned + examples).filter { seen.insert($0).inserted }
    }

    /// Whether the index is in this process, so that small requests cost no more than large ones.
    private var isLocal: Bool { lookUp != nil }

    /// Whether the groups of liked products count as shown.
    private var countsLikes: Bool { query.groupLimits.contains(where: \.countsLikes) }

    /// The attributes of groups, which must be checked: not every search names them.
    private var groupedAttributes: Set<String> { Set(query.groupLimits.map(\.attribute)) }

    private mutating func begin() throws {
        let pinned = try pinnedProducts()
        let examples = try query.resolvedExamples(in: space) { named[$0]?.embedding }
        isSumOfSeveral = query.strategy == .sum && examples.likes.count + examples.dislikes.count > 1
        let taste = try taste(of: examples)
        var shaper = Shaper(query, groups: groups, Comparison(space, weighting), lookUp: lookUp)
        if query.count > 0 {
            for product in pinned { shaper.pin(product, taste.candidate(product)) }
            try shaper.offer([], isLast: taste.isComplete)
        }
        self.taste = taste
        self.shaper = shaper
        phase = .searching
    }

    private func taste(of examples: ResolvedExamples) throws -> any Taste {
        var excluded = query.excluded.union(query.pinned)
        if !query.includesExamples { excluded.formUnion((query.likes + query.dislikes).compactMap(\.id)) }
        let limits = CandidateLimits(
            filter: query.filter,
            excluded: excluded,
            minimumSimilarity: query.minimumSimilarity,
            hasGroups: !query.groupLimits.isEmpty,
            contents: fillsLater ? .none : contents
        )
        return switch query.strategy {
        case .best: try NearestTaste(examples, in: space, weighting, limits, isLocal: isLocal)
        case .mean, .sum: try ProfileTaste(examples, strategy: query.strategy, in: space, weighting, limits)
        }
    }

    /// Whether candidates get their contents once they are settled, since lists hold many more products.
    private var fillsLater: Bool { isLocal && query.strategy == .best }

    /// The contents of each candidate for shaping, and for reasons if no round trip is left for them.
    private var contents: ProductContents {
        let hasGroups = !query.groupLimits.isEmpty
        let passesOver = hasGroups && (query.reorders || query.strategy == .best) && !isLocal
        let isLastTrip = hasGroups && query.reorders && !isLocal
        // The search returns the contents of the answer if that saves a round trip.
        let comesAtOnce =
            !isLocal && (isLastTrip || query.strategy == .best || !query.explains && !query.reorders)
        let asked = comesAtOnce ? query.contents : .none
        let blocks: ProductContents.Blocks =
            if query.diversity > 0 || isLastTrip && query.explains || asked.blocks != .none {
                .all
            } else if query.explains, query.strategy == .best, !isLocal {
                .only(attributeBlocks)
            } else {
                .none
            }
        return ProductContents(product: passesOver || !query.boosts.isEmpty || asked.product, blocks: blocks)
    }

    private var attributeBlocks: Set<BlockName> { Set(space.blocks.filter { $0.attributes != nil }.map(\.name)) }

    private var groups: [GroupCap] {
        let likes = Set(query.likes.compactMap(\.id))
        return query.groupLimits.map { limit in
            var caps = [GroupCap(attribute: limit.attribute, count: limit.count)]
            guard limit.countsLikes else { return caps[0] }
            for product in likes.sorted().compactMap({ named[$0]?.product }) { caps.take(product) }
            caps[0].counted = likes
            return caps[0]
        }
    }

    /// - Throws: ``RecError`` with code `unknownPin`.
    private func pinnedProducts() throws(RecError) -> [IndexedProduct] {
        var seen = query.excluded
        var pinned: [IndexedProduct] = []
        for id in query.pinned {
            guard let found = named[id], let product = found.product else {
                throw RecError(.unknownPin, "The pinned product '\(id)' is not in the index. Pin it no longer.")
            }
            if seen.insert(id).inserted, query.filter?.matches(product) ?? true { pinned.append(found) }
        }
        return pinned
    }
}

// MARK: - After the search

extension RecommendationJob {
    /// Whether all contents of a product are known.
    private func isKnown(_ product: ShapedProduct) -> Bool {
        let candidate = product.candidate
        if query.contents.product, candidate?.product == nil, named[product.id]?.product == nil { return false }
        let hasBlocks =
            query.contents.blocks == .none || named[product.id] != nil
            || candidate?.embedding != nil && contents.blocks == .all
        return hasBlocks && (!query.explains || candidate.map(hasReasons) ?? true)
    }

    /// Whether a candidate carries the contents for its reasons.
    private func hasReasons(_ candidate: Candidate) -> Bool {
        guard let embedding = candidate.embedding else { return false }
        return contents.blocks != .none || embedding.blocks.isEmpty
    }

    private mutating func finish(_ page: [ShapedProduct], _ found: [ProductID: IndexedProduct]) {
        phase = .finished
        guard let taste else { return }
        let percentiles = calibration.flatMap { !isSumOfSeveral && $0.fits(weighting, in: space) ? $0 : nil }
        answer = page.map { product in
            let known = [found[product.id], named[product.id]]
            let embedding = known.lazy.compactMap { $0?.embedding }.first ?? product.candidate?.embedding
            let contents = IndexedProduct(
                id: product.id,
                product: known.lazy.compactMap { $0?.product }.first ?? product.candidate?.product,
                embedding: embedding
            )
            return Recommendation(product, query, taste, contents, percentiles)
        }
    }
}

extension Recommendation {
    fileprivate init(
        _ product: ShapedProduct,
        _ query: RecommendationQuery,
        _ taste: any Taste,
        _ contents: IndexedProduct,
        _ calibration: ScoreCalibration?
    ) {
        let candidate = product.candidate
        var parts: [ScorePart] = []
        var like: Int?
        if query.explains {
            let other = taste.comparison.comparable(contents.embedding ?? Embedding([:]))
            like = candidate.flatMap { taste.decidingLike(for: $0, other) }
            parts = taste.parts(of: candidate, other)
            parts += zip(query.boosts, product.boosts).map { ScorePart(.boost($0.name), value: $1) }
        }
        self.init(
            id: product.id,
            score: product.score,
            similarity: candidate?.similarity,
            cosines: candidate?.evidence.first?.cosines ?? .none(of: taste.comparison.space),
            parts: parts,
            likeIndex: like,
            because: like.flatMap { query.likes[$0].id },
            percentile: candidate.flatMap { calibration?.percentile(of: $0.similarity) },
            isPinned: product.isPinned,
            product: query.contents.product ? contents.product : nil,
            embedding: contents.embedding.flatMap(query.contents.part),
            isExplained: query.explains
        )
    }
}

extension Taste {
    /// The parts of a candidate's similarity.
    fileprivate func parts(of candidate: Candidate?, _ other: ComparableEmbedding) -> [ScorePart] {
        let scoreParts = ScoreParts(comparison: comparison)
        return (candidate?.evidence ?? []).reduce(into: []) { parts, evidence in
            let of = scoreParts.parts(of: evidence.cosines, probes[evidence.probe].comparable, other)
            parts = parts.adding(of.map { $0.scaled(by: evidence.factor) })
        }
    }
}
