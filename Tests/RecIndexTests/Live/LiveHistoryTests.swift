import RecCore
import RecIndex
import RecTesting
import Testing

/// The same products, whatever the changes that led to them.
@Suite struct `History of a live index` {
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `an index of any history keeps the promises of an index`(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            try await SimilarityIndexConformance { space, products in
                try makeLive(folder + "/\(products.count)", space, products, seed: seed)
            }.check(seed: seed, count: 150)
        }
    }

    @Test func `answers are those of an exact index, bit for bit`() throws {
        try withTemporaryFolder { folder in
            let catalogue = RandomCatalogue(count: 300, dimension: 8, seed: 7)
            let live = try makeLive(folder + "/live", catalogue.space, catalogue.products, seed: 7)
            let exact = try makeIndex(catalogue.space, catalogue.products)
            for embedding in catalogue.queries {
                for count in [1, 10, 300] {
                    for filter: AttributeFilter? in [nil, .has("share", "10%"), .not(.has("colour", "Red"))] {
                        let query = SearchQuery(embedding, count: count, filter: filter, excluded: ["p1", "p2"])
                        #expect(try live.neighbors(query) == exact.neighbors(query))
                    }
                }
            }
            #expect(live.snapshot.ids == exact.ids)
            #expect(live.snapshot.attributes == exact.attributes)
        }
    }

    @Test(arguments: [["a", "b", "c", "d"], ["d", "c", "b", "a"], ["b", "d", "a", "c"]])
    func `equal products in different parts come in the order of their identifiers`(order: [String]) throws {
        try withTemporaryFolder { folder in
            let catalogue = RandomCatalogue(count: 1, dimension: 8, seed: 3)
            var options = LiveIndex.Options()
            options.maximumSegmentCount = 10
            let live = try LiveIndex(path: folder + "/live", space: catalogue.space, options: options)
            let embedding = catalogue.products[0].embedding
            for id in order {
                try live.upsert(Product(id: ProductID(id)), embedding)
                // Compaction makes one part of all, so the last two are in parts of their own.
                if id == order[1] { try live.compact() }
            }
            for count in 1...5 {
                let answer = try live.neighbors(SearchQuery(embedding, count: count)).map(\.id.rawValue)
                #expect(answer == Array(["a", "b", "c", "d"].prefix(count)))
            }
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `after compaction the segment has the bytes of an index built at once`(seed: UInt64) throws {
        try withTemporaryFolder { folder in
            let catalogue = RandomCatalogue(count: 120, dimension: 8, seed: 3)
            let live = try makeLive(folder + "/live", catalogue.space, catalogue.products, seed: seed)
            try makeIndex(catalogue.space, catalogue.products).write(to: folder + "/exact")
            try live.snapshot.write(to: folder + "/copy")
            #expect(try bytes(of: folder + "/copy") == bytes(of: folder + "/exact"))
            try live.compact()
            let names = segments(in: folder + "/live")
            #expect(names.count == 1)
            #expect(try bytes(of: folder + "/live/" + (names.first ?? "")) == bytes(of: folder + "/exact"))
        }
    }
}

/// Makes a live index of some products by a random detour: other products that are removed again, products that have
/// something else first, calls of all sizes, sealings, compactions and a new start here and there.
private func makeLive(
    _ path: String,
    _ space: EmbeddingSpace,
    _ products: [EmbeddedProduct],
    seed: UInt64
) throws -> LiveIndex {
    var random = SeededGenerator(seed: seed)
    var steps: [LiveIndex.Change] = []
    for item in products {
        if let other = products.randomElement(using: &random), Bool.random(using: &random) {
            let first = Product(id: item.product.id, attributes: ["detour": "yes"], title: "first")
            steps.append(.upsert(EmbeddedProduct(product: first, embedding: other.embedding)))
            let stranger = Product(id: ProductID("stranger \(item.product.id)"), attributes: ["detour": "no"])
            steps.append(.upsert(EmbeddedProduct(product: stranger, embedding: other.embedding)))
        }
    }
    steps.shuffle(using: &random)
    steps += products.shuffled(using: &random).map { .upsert($0) }
    steps += steps.map(\.id).filter { $0.rawValue.hasPrefix("stranger") }.map { .remove($0) }
    var live = try LiveIndex(path: path, space: space, options: .small)
    while !steps.isEmpty {
        let count = [1, 3, 40].randomElement(using: &random) ?? 1
        try live.apply(steps.prefix(count))
        steps.removeFirst(min(count, steps.count))
        switch Int.random(in: 0..<15, using: &random) {
        case 0: try live.compact()
        case 1: live = try reopened(consume live, path, space)
        default: break
        }
    }
    return live
}

private func reopened(_ index: consuming LiveIndex, _ path: String, _ space: EmbeddingSpace) throws -> LiveIndex {
    _ = consume index
    return try LiveIndex(path: path, space: space, options: .small)
}
