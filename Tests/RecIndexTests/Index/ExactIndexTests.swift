import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Exact index` {
    @Test(arguments: [1, 2, 3])
    func `it keeps the promises of an index`(seed: UInt64) async throws {
        try await SimilarityIndexConformance { space, products in
            try makeIndex(space, products)
        }.check(seed: seed, count: seed == 1 ? 600 : 150)
    }

    @Test(arguments: ["0.1%", "1%", "10%", "50%", "100%"])
    func `a filter leaves exactly the wanted number of neighbours, however few match`(share: String) throws {
        let catalogue = RandomCatalogue(count: 3000, dimension: 8, seed: 11)
        let index = try makeIndex(catalogue.space, catalogue.products)
        let matching = Set(catalogue.products.filter { $0.product["share"].values.contains(share) }.map(\.product.id))
        #expect(!matching.isEmpty)
        let item = try #require(catalogue.products.first { $0.embedding.blocks.count == 2 })
        for count in [1, 10, 1000, 5000] {
            // Every product shares a block with a query that has both.
            let answer = try index.neighbors(
                SearchQuery(item.embedding, count: count, filter: .has("share", share))
            )
            #expect(answer.count == min(count, matching.count))
            #expect(answer.allSatisfy { matching.contains($0.id) })
        }
    }

    @Test func `both ways of scoring give the same bits`() throws {
        let catalogue = RandomCatalogue(count: 500, seed: 4)
        let index = try makeIndex(catalogue.space, catalogue.products)
        for query in catalogue.queries {
            for image in [0, 0.35, 0.8, 1] {
                let weighting = Weighting(try BlockWeights(image: image))
                let fast = try index.neighbors(SearchQuery(query, count: 500, weighting: weighting))
                let opaque = Weighting(weighting.blocks, fusion: Opaque())
                let general = try index.neighbors(SearchQuery(query, count: 500, weighting: opaque))
                #expect(fast == general)
            }
        }
    }

    @Test func `the order in which products are added makes no difference`() throws {
        let catalogue = RandomCatalogue(count: 200, seed: 5)
        let one = try makeIndex(catalogue.space, catalogue.products)
        let other = try makeIndex(catalogue.space, catalogue.products.reversed())
        for query in catalogue.queries {
            #expect(
                try one.neighbors(SearchQuery(query, count: 200)) == other.neighbors(SearchQuery(query, count: 200))
            )
        }
        #expect(one.ids == catalogue.products.map(\.product.id).sorted())
        #expect(one.attributes == ["colour", "price", "season", "share", "tags"])
    }

    @Test func `a block of no weight is reported with its cosine all the same`() throws {
        let catalogue = RandomCatalogue(count: 50, seed: 6)
        let index = try makeIndex(catalogue.space, catalogue.products)
        let item = try #require(catalogue.products.first { $0.embedding.blocks.count == 2 })
        let weighting = Weighting(try BlockWeights(image: 0))
        let query = SearchQuery(item.embedding, count: 50, weighting: weighting)
        let first = try #require(try index.neighbors(query).first)
        #expect(abs(first.score - 1) < 1e-6)
        #expect(first.cosines[.metadata] == first.score)
        if try index.embedding(of: first.id)?[.image] != nil { #expect(first.cosines[.image] != nil) }
    }

    @Test func `a fusion whose score is not a number ranks nothing`() throws {
        let catalogue = RandomCatalogue(count: 50, seed: 7)
        let index = try makeIndex(catalogue.space, catalogue.products)
        let query = SearchQuery(catalogue.queries[0], weighting: Weighting(fusion: NotANumber()))
        #expect(try index.neighbors(query).isEmpty)
    }

    @Test func `a product cannot be added twice`() throws {
        let catalogue = RandomCatalogue(count: 2, seed: 8)
        let item = catalogue.products[0]
        var builder = IndexBuilder(space: catalogue.space)
        try builder.add(item.product, item.embedding)
        let error = #expect(throws: RecError.self) {
            try builder.add(item.product, catalogue.products[1].embedding)
        }
        #expect(error?.code == .duplicateProduct)
        #expect(error?.message.contains(item.product.id.rawValue) == true)
        #expect(builder.count == 1)
        #expect(try builder.build().embedding(of: item.product.id) == item.embedding)
    }

    @Test func `identifiers that look alike but are spelled otherwise are two products`() throws {
        let catalogue = RandomCatalogue(count: 2, seed: 9)
        var builder = IndexBuilder(space: catalogue.space)
        try builder.add(Product(id: "caf\u{E9}"), catalogue.products[0].embedding)
        try builder.add(Product(id: "cafe\u{301}"), catalogue.products[1].embedding)
        let index = try builder.build()
        #expect(try index.embedding(of: "caf\u{E9}") == catalogue.products[0].embedding)
        #expect(try index.embedding(of: "cafe\u{301}") == catalogue.products[1].embedding)
    }

    @Test func `a product without an identifier or of another recipe is refused`() throws {
        let catalogue = RandomCatalogue(count: 1, seed: 10)
        var builder = IndexBuilder(space: catalogue.space)
        let unnamed = #expect(throws: RecError.self) {
            try builder.add(Product(id: ""), catalogue.products[0].embedding)
        }
        #expect(unnamed?.code == .invalidProduct)
        let stranger = RandomCatalogue(count: 1, seed: 99).queries[0]
        let foreign = #expect(throws: RecError.self) { try builder.add(Product(id: "a"), stranger) }
        #expect(foreign?.code == .recipeMismatch)
        #expect(foreign?.message.contains("seed: 99 is not 10") == true)
        #expect(builder.count == 0)
    }
}

/// The weighted mean, as a formula that an index does not know.
private struct Opaque: Fusion {
    func score(_ cosines: BlockCosines, weights: BlockWeights) -> Double? { Weighting(weights).score(cosines) }
}

private struct NotANumber: Fusion {
    func score(_ cosines: BlockCosines, weights: BlockWeights) -> Double? { .nan }
}
