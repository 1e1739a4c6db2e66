import RecCore
import RecTesting
import Testing

@Suite struct `Recommendations across a network` {
    /// Queries with many examples, pins, groups, boosts and pages, that need much of an index.
    private func queries(_ shop: IndexedCatalogue, _ strategy: ExampleStrategy) -> [RecommendationQuery] {
        let ids = shop.index.ids.shuffled(seed: 5)
        func query(likes: Int, dislikes: Int, count: Int) -> RecommendationQuery {
            RecommendationQuery(
                likes: ids[0..<likes].map { .product($0, weight: 0.7) },
                dislikes: ids[60..<60 + dislikes].map { .product($0) },
                strategy: strategy,
                count: count
            )
        }
        var grouped = query(likes: 20, dislikes: 4, count: 40)
        grouped.groupLimits = [GroupLimit(attribute: "colour", count: 2), GroupLimit(attribute: "price", count: 1)]
        var pinned = query(likes: 3, dislikes: 0, count: 30)
        pinned.pinned = Array(ids[90..<100])
        pinned.groupLimits = [GroupLimit(attribute: "colour", count: 3, countsLikes: true)]
        var shaped = query(likes: 8, dislikes: 2, count: 25)
        shaped.diversity = 0.4
        shaped.poolCount = 10
        shaped.boosts = [Boost("cheap", attribute: "price", from: 20, to: 8, weight: 0.2)]
        shaped.offset = 20
        var all = shaped
        all.groupLimits = [GroupLimit(attribute: "colour", count: 4), GroupLimit(attribute: "price", count: 3)]
        all.pinned = [ids[110], ids[111]]
        all.minimumSimilarity = -0.2
        return [
            query(likes: 1, dislikes: 0, count: 10), query(likes: 30, dislikes: 9, count: 50),
            query(likes: 0, dislikes: 3, count: 20), query(likes: 5, dislikes: 5, count: 0), grouped, pinned, shaped,
            all,
        ]
    }

    @Test(arguments: ExampleStrategy.allCases)
    func `any query takes at most three round trips and has the answer of an index in this process`(
        strategy: ExampleStrategy
    ) async throws {
        let shop = IndexedCatalogue(seed: 31)
        for (number, query) in queries(shop, strategy).enumerated() {
            let remote = RemoteIndex(shop.index)
            let answer = try await remote.watched { try await Recommender(index: $0).recommend(query) }
            let local = try await shop.recommender.recommend(query)
            #expect(answer == local, "query \(number)")
            #expect(query.count == 0 || !answer.isEmpty, "query \(number)")
            #expect((1...3).contains(remote.line.trips), "query \(number)")
        }
    }

    @Test func `examples that are embeddings need no look-up`() async throws {
        let shop = IndexedCatalogue(seed: 32)
        let remote = RemoteIndex(shop.index)
        let like = Example.embedding(shop.catalogue.queries[0])
        let query = RecommendationQuery(likes: [like])
        #expect(try await remote.watched { try await Recommender(index: $0).recommend(query) }.count == 10)
        #expect(remote.line.trips == 2)
    }

    @Test func `similar products take two round trips`() async throws {
        let shop = IndexedCatalogue(seed: 33)
        let remote = RemoteIndex(shop.index)
        let id = try #require(shop.index.ids.first)
        let answer = try await remote.watched { try await Recommender(index: $0).similar(to: id, count: 7) }
        #expect(try await answer == shop.recommender.similar(to: id, count: 7))
        #expect(remote.line.trips == 2)
    }

    @Test(arguments: ExampleStrategy.allCases)
    func `an index that fails half-way fails the query with its own error`(strategy: ExampleStrategy) async throws {
        let shop = IndexedCatalogue(seed: 34)
        for query in queries(shop, strategy) {
            let whole = RemoteIndex(shop.index)
            _ = try await whole.watched { try await Recommender(index: $0).recommend(query) }
            for failing in 1...whole.line.calls {
                let remote = RemoteIndex(shop.index, failsAt: failing)
                await #expect(throws: RemoteIndex<ReferenceIndex>.Unreachable.self) {
                    try await remote.watched { try await Recommender(index: $0).recommend(query) }
                }
            }
        }
    }

    @Test func `a query that is cancelled while it waits ends soon`() async throws {
        let shop = IndexedCatalogue(seed: 35)
        let remote = RemoteIndex(shop.index)
        let query = queries(shop, .best)[1]
        let task = Task { try await Recommender(index: remote).recommend(query) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        // The first round trip is two calls.
        #expect(remote.line.calls <= 2)
    }

    @Test(arguments: ExampleStrategy.allCases)
    func `ties, weights and dislikes of attributes alone change neither pages, reasons nor trips`(
        strategy: ExampleStrategy
    ) async throws {
        let shop = try ArticleShop().recommender
        var query = RecommendationQuery(strategy: strategy, count: 40)
        query.likes = [.product("Shoe-Red-A"), .product("Bag-Blue-B", weight: 0.7), .product("Cap-Red-C", weight: 0.7)]
        query.dislikes = [.product("Tee-Green-A", weight: 0.9), .product("Shoe-Green-C", weight: 0.3)]
        var grouped = query
        grouped.groupLimits = [GroupLimit(attribute: "brand", count: 4)]
        var pooled = grouped
        pooled.diversity = 0.3
        pooled.poolCount = 6
        var disliked = query
        disliked.likes = []
        disliked.weighting = Weighting(attributes: ["colour": 0])
        for (number, query) in [query, grouped, pooled, disliked].enumerated() {
            let whole = try await shop.recommend(query)
            var pages: [Recommendation] = []
            for start in stride(from: 0, to: 40, by: 5) {
                var page = query
                page.offset = start
                page.count = 5
                let remote = RemoteIndex(shop.index)
                let answer = try await remote.watched { try await Recommender(index: $0).recommend(page) }
                #expect(try await answer == shop.recommend(page), "query \(number) from \(start)")
                #expect((1...3).contains(remote.line.trips), "query \(number) from \(start)")
                pages += answer
            }
            #expect(pages == whole, "query \(number)")
        }
    }

    @Test func `nothing is fetched for an empty page`() async throws {
        let shop = IndexedCatalogue(seed: 36)
        for strategy in ExampleStrategy.allCases {
            var query = queries(shop, strategy)[6]
            query.count = 0
            query.offset = .max
            let remote = RemoteIndex(shop.index)
            #expect(try await Recommender(index: remote).recommend(query).isEmpty)
            #expect(remote.line.greatestCount == 0)
        }
    }

    @Test(arguments: ExampleStrategy.allCases)
    func `an index that does not answer each search is an error`(strategy: ExampleStrategy) async throws {
        let shop = IndexedCatalogue(seed: 37)
        var remote = RemoteIndex(shop.index)
        remote.isSilent = true
        let query = queries(shop, strategy)[1]
        let recommender = Recommender(index: remote)
        let error = await #expect(throws: RecError.self) { try await recommender.recommend(query) }
        #expect(error?.code == .brokenContract)
    }

    @Test func `the index behind the network keeps the promises of an index`() async throws {
        try await SimilarityIndexConformance { space, products in
            RemoteIndex(ReferenceIndex(space: space, products: products))
        }.check(seed: 6, count: 120)
    }
}
