import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Live index` {
    let catalogue = RandomCatalogue(count: 60, dimension: 8, seed: 1)

    @Test func `it keeps the promises of an index`() async throws {
        try await withTemporaryFolder { folder in
            try await SimilarityIndexConformance { space, products in
                let index = try LiveIndex(path: folder + "/\(products.count)", space: space)
                try index.upsert(products)
                return index
            }.check(seed: 1, count: 150)
        }
    }

    @Test func `what was added is found at once, replaced when it comes again, and gone when it is removed`() throws {
        try withIndex { index in
            let (one, other) = (catalogue.products[0], catalogue.products[1])
            try index.upsert(one.product, one.embedding)
            #expect(try index.embedding(of: one.product.id) == one.embedding)
            try index.upsert(Product(id: one.product.id, title: "new"), other.embedding)
            #expect(index.count == 1)
            #expect(index.product(one.product.id)?.title == "new")
            #expect(try index.embedding(of: one.product.id) == other.embedding)
            try index.remove([one.product.id, "nobody"])
            #expect(index.count == 0)
            #expect(index.product(one.product.id) == nil)
            #expect(try index.neighbors(SearchQuery(catalogue.queries[0])).isEmpty)
        }
    }

    @Test func `of several changes of a product in one call the last one counts`() throws {
        try withIndex { index in
            let (one, other) = (catalogue.products[0], catalogue.products[1])
            let renamed = EmbeddedProduct(product: Product(id: one.product.id, title: "x"), embedding: other.embedding)
            try index.apply([
                .remove(one.product.id), .upsert(one), .upsert(renamed), .upsert(other), .remove(other.product.id),
            ])
            #expect(problems(index.snapshot, [one.product.id: renamed]).isEmpty)
            #expect(index.status.version == 1)
        }
    }

    @Test func `a call with one bad product changes nothing`() throws {
        try withIndex { index in
            try index.upsert(catalogue.products.prefix(10))
            let before = index.snapshot
            let stranger = RandomCatalogue(count: 1, dimension: 8, seed: 99).products[0]
            for (bad, code) in [
                (LiveIndex.Change.upsert(stranger), RecError.Code.recipeMismatch),
                (.upsert(EmbeddedProduct(product: Product(id: "a"), embedding: Embedding([:]))), .noSharedBlock),
                (.upsert(EmbeddedProduct(product: Product(id: ""), embedding: stranger.embedding)), .invalidProduct),
                (.remove(""), .invalidProduct),
            ] {
                let error = #expect(throws: RecError.self) {
                    try index.apply([.upsert(catalogue.products[20]), .remove(catalogue.products[0].product.id), bad])
                }
                #expect(error?.code == code)
                #expect(index.snapshot.version == before.version)
                #expect(index.snapshot.ids == before.ids)
            }
        }
    }

    @Test func `a snapshot stays as it is whatever happens to the index`() throws {
        try withIndex(.small) { index in
            try index.upsert(catalogue.products)
            let snapshot = index.snapshot
            let query = SearchQuery(catalogue.queries[0], count: 60)
            let answer = try snapshot.neighbors(query)
            try index.remove(catalogue.products.prefix(30).map(\.product.id))
            try index.compact()
            try index.remove(index.snapshot.ids)
            try index.compact()
            #expect(index.count == 0)
            #expect(try snapshot.neighbors(query) == answer)
            #expect(problems(snapshot, state(catalogue.products)).isEmpty)
        }
    }

    @Test func `an attribute is known as long as a product has it, in whatever part`() throws {
        try withIndex { index in
            let filter = AttributeFilter.has("fabric", "Linen")
            func answer() throws -> [ProductID] {
                try index.neighbors(SearchQuery(catalogue.queries[0], filter: filter)).map(\.id)
            }
            try index.upsert(catalogue.products)
            try index.compact()
            #expect(throws: RecError.self) { try answer() }
            let linen = Product(id: "linen", attributes: ["fabric": "Linen"])
            let embedding = try #require(catalogue.products.first { $0.embedding.blocks.count == 2 }).embedding
            try index.upsert(linen, embedding)
            #expect(try answer() == ["linen"])
            let all = SearchQuery(catalogue.queries[0], count: 100, filter: .not(filter))
            #expect(try index.neighbors(all).count == 60)
            try index.remove(["linen"])
            let error = #expect(throws: RecError.self) { try answer() }
            #expect(error?.code == .unknownAttribute)
            #expect(error?.message.contains("colour, price, season, share, tags.") == true)
        }
    }

    @Test func `single products make a handful of parts, and many are sealed by themselves`() throws {
        try withIndex(.small) { index in
            for item in catalogue.products { try index.upsert(item.product, item.embedding) }
            try index.compact()
            #expect(index.status.segmentCount == 1)
            #expect(index.status.memoryCount == 0)
            #expect(index.status.logSize == 0)
            #expect(problems(index.snapshot, state(catalogue.products)).isEmpty)
        }
    }

    @Test func `compaction gives back the space of what was removed`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            let index = try LiveIndex(path: path, space: catalogue.space, options: .large)
            try index.upsert(catalogue.products)
            try index.compact()
            let full = try size(of: path)
            try index.remove(catalogue.products.dropFirst(5).map(\.product.id))
            #expect(index.status.deadCount == 55)
            try index.compact()
            #expect(try size(of: path) < full / 2)
            #expect(index.status.deadCount == 0)
            try index.remove(index.snapshot.ids)
            try index.compact()
            #expect(segments(in: path).isEmpty)
            #expect(index.status.segmentCount == 0)
        }
    }

    private func size(of folder: String) throws -> Int {
        try names(in: folder).reduce(0) { try $0 + bytes(of: folder + "/" + $1).count }
    }

    private func state(_ products: [EmbeddedProduct]) -> [ProductID: EmbeddedProduct] {
        Dictionary(uniqueKeysWithValues: products.map { ($0.product.id, $0) })
    }

    private func withIndex(_ options: LiveIndex.Options = .large, _ body: (LiveIndex) throws -> Void) throws {
        try withTemporaryFolder { folder in
            try body(LiveIndex(path: folder + "/live", space: catalogue.space, options: options))
        }
    }
}
