import RecCore
import RecTesting
import Testing

@Suite struct `What an answer carries` {
    @Test(arguments: [0, 1, 7, 140, 149, 500, Int.max])
    func `pages of similar products are parts of the whole ranking`(offset: Int) async throws {
        let shop = IndexedCatalogue(seed: 81)
        let id = try #require(shop.index.ids.first)
        let whole = try await shop.recommender.similar(to: id, count: .max)
        let expected = Array(whole.dropFirst(offset).prefix(9))
        #expect(try await shop.recommender.similar(to: id, count: 9, offset: offset) == expected)
        let remote = Recommender(index: RemoteIndex(shop.index))
        #expect(try await remote.similar(to: id, count: 9, offset: offset) == expected)
        let query = shop.catalogue.queries[0]
        let all = try await shop.recommender.similar(to: query, count: .max)
        let page = try await remote.similar(to: query, count: 9, offset: offset)
        #expect(page == Array(all.dropFirst(offset).prefix(9)))
    }

    @Test func `a page before the first is an error`() async throws {
        let shop = IndexedCatalogue(seed: 82)
        for (count, offset) in [(5, -1), (-1, 0), (-1, 5)] {
            let error = await #expect(throws: RecError.self) {
                try await shop.recommender.similar(to: shop.catalogue.queries[0], count: count, offset: offset)
            }
            #expect(error?.code == .invalidQuery)
            await #expect(throws: RecError.self) {
                try await Recommender(index: RemoteIndex(shop.index))
                    .similar(to: shop.catalogue.queries[0], count: count, offset: offset)
            }
        }
    }

    @Test(arguments: [0, 12])
    func `similar products carry what is asked for`(offset: Int) async throws {
        let shop = IndexedCatalogue(seed: 83)
        let id = try #require(shop.index.ids.first)
        let answer = try await shop.recommender.similar(to: id, count: 5, offset: offset, contents: .all)
        for neighbor in answer {
            #expect(neighbor.product == shop.index.product(neighbor.id))
            #expect(neighbor.embedding == shop.index.embedding(of: neighbor.id))
        }
        let remote = RemoteIndex(shop.index)
        let far = try await remote.watched {
            try await Recommender(index: $0).similar(to: id, count: 5, offset: offset, contents: .all)
        }
        #expect(far == answer)
        #expect(remote.line.trips == (offset == 0 ? 2 : 3))
    }

    @Test(arguments: ExampleStrategy.allCases, [true, false])
    func `recommendations carry what is asked for, in no more round trips`(
        strategy: ExampleStrategy,
        explains: Bool
    ) async throws {
        let shop = IndexedCatalogue(seed: 84)
        for plain in queries(shop, strategy) {
            let whole = try await shop.recommender.recommend(plain)
            for contents in [ProductContents.none, .all, ProductContents(product: true)] {
                var query = plain
                query.explains = explains
                query.contents = contents
                let remote = RemoteIndex(shop.index)
                let answer = try await remote.watched { try await Recommender(index: $0).recommend(query) }
                #expect(try await answer == shop.recommender.recommend(query))
                #expect(remote.line.trips <= 3)
                #expect(answer.count == whole.count)
                for (product, plain) in zip(answer, whole) {
                    #expect(product.id == plain.id && product.score == plain.score)
                    #expect(product.parts == (explains ? plain.parts : []))
                    #expect(product.because == (explains ? plain.because : nil))
                    #expect(product.product == (contents.product ? shop.index.product(product.id) : nil))
                    let embedding = shop.index.embedding(of: product.id)
                    #expect(product.embedding == (contents.blocks == .all ? embedding : nil))
                }
            }
        }
    }

    @Test func `without reasons and contents the products of the answer are not asked for`() async throws {
        let shop = IndexedCatalogue(seed: 85)
        var query = RecommendationQuery(likes: [.embedding(shop.catalogue.queries[0])])
        query.explains = false
        query.contents = ProductContents(product: true)
        let remote = RemoteIndex(shop.index)
        let answer = try await remote.watched { try await Recommender(index: $0).recommend(query) }
        #expect(answer.allSatisfy { $0.product != nil })
        #expect(remote.line.trips == 1)
    }

    /// Queries with pins, groups, diversity and pages.
    private func queries(_ shop: IndexedCatalogue, _ strategy: ExampleStrategy) -> [RecommendationQuery] {
        let ids = shop.index.ids.shuffled(seed: 6)
        var plain = RecommendationQuery(strategy: strategy, count: 12)
        plain.likes = ids[0..<5].map { .product($0) }
        plain.dislikes = [.product(ids[5])]
        var pinned = plain
        pinned.pinned = [ids[40], ids[41]]
        pinned.offset = 1
        var grouped = pinned
        grouped.groupLimits = [GroupLimit(attribute: "colour", count: 2)]
        var diverse = plain
        diverse.diversity = 0.4
        diverse.poolCount = 20
        var all = grouped
        all.diversity = 0.4
        all.poolCount = 10
        return [plain, pinned, grouped, diverse, all]
    }
}
