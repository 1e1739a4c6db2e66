import RecCore
import RecIndex
import RecTesting
import Testing

/// Segments that are searched by codes while their products change.
@Suite struct `Codes of a live index` {
    private let catalogue = RandomCatalogue(count: 2600, dimension: 96, clusters: 40, seed: 21)

    @Test func `products that were removed or replaced are never found by their codes`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            var live = try LiveIndex(path: path, space: catalogue.space, options: .large)
            var expected = Array(catalogue.products.prefix(2500))
            try live.upsert(expected)
            try live.compact()
            try check(live.snapshot, expected)
            let whole = (snapshot: live.snapshot, products: expected)
            var random = SeededGenerator(seed: 22)
            for round in 0..<4 {
                // What comes first in an answer goes, so that a wrong flag shows.
                let gone = try Set(
                    (0..<10).flatMap { _ in
                        let item = try #require(expected.randomElement(using: &random))
                        return try live.neighbors(SearchQuery(item.embedding, count: 3)).map(\.id)
                    }
                )
                try live.remove(gone)
                expected.removeAll { gone.contains($0.product.id) }
                let replaced = expected.indices.shuffled(using: &random).prefix(10)
                for position in replaced {
                    let other = try #require(catalogue.products.randomElement(using: &random))
                    expected[position] = EmbeddedProduct(
                        product: expected[position].product,
                        embedding: other.embedding
                    )
                }
                try live.upsert(replaced.map { expected[$0] })
                #expect(live.status.deadCount > 0)
                try check(live.snapshot, expected)
                guard round == 1 else { continue }
                _ = consume live
                live = try LiveIndex(path: path, space: catalogue.space, options: .large)
            }
            try check(whole.snapshot, whole.products)
            try live.compact()
            try check(live.snapshot, expected)
        }
    }

    @Test func `less effort holds for a live index and its readers, through changes, until it is set again`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let path = folder + "/live"
            let live = try LiveIndex(path: path, space: catalogue.space, options: .large)
            let reader = try { () throws in
                try live.upsert(catalogue.products.prefix(2500))
                try live.compact()
                return try LiveIndexReader(path: path)
            }()
            let weighting = Weighting(try BlockWeights(image: 1))
            let queries = catalogue.products.suffix(100).filter { $0.embedding[.image] != nil }
                .map { SearchQuery($0.embedding, count: 10, weighting: weighting) }
            let exact = try live.nearest(toAll: queries)
            let effort = SearchEffort.probing(products: 50, candidates: 5)
            var plain = live.snapshot
            plain.effort = effort
            let less = try plain.nearest(toAll: queries)
            try #require(less != exact)
            live.effort = effort
            reader.effort = effort
            #expect(live.snapshot.effort == effort)
            #expect(try live.nearest(toAll: queries) == less)
            #expect(try reader.nearest(toAll: queries) == less)
            _ = try await live.remove([ProductID("nobody")])
            _ = try await reader.refresh()
            #expect(try live.nearest(queries[0]) == less[0])
            #expect(try reader.nearest(queries[0]) == less[0])
            live.effort = .exact
            reader.effort = .exact
            #expect(try live.nearest(toAll: queries) == exact)
            #expect(try reader.nearest(toAll: queries) == exact)
            live.effort = .bounded(share: 2)
            #expect(throws: RecError.self) { try live.nearest(queries[0]) }
        }
    }

    @Test func `a part of which next to nothing is left is searched all the same`() throws {
        try withTemporaryFolder { folder in
            var options = LiveIndex.Options.large
            options.maximumDeadShare = 1
            let live = try LiveIndex(path: folder + "/live", space: catalogue.space, options: options)
            try live.upsert(catalogue.products)
            try live.compact()
            for count in [100, 10, 1, 0] {
                try live.remove(live.snapshot.ids.dropFirst(count))
                let left = Set(live.snapshot.ids)
                #expect(left.count == count)
                try check(live.snapshot, catalogue.products.filter { left.contains($0.product.id) })
            }
        }
    }

    /// Recent products like those of the file, and recent ones that its directions were not made for.
    @Test(arguments: [24 as UInt64, 25])
    func `recent changes are described in the directions of a file, in memory, sealed and opened again`(
        seed: UInt64
    ) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            let recent = seed == 24 ? Array(catalogue.products.suffix(1300)) : strangers(1300, seed: seed)
            var expected = Array(catalogue.products.prefix(1300))
            var options = LiveIndex.Options.large
            options.maximumSegmentCount = 20
            var live = try LiveIndex(path: path, space: catalogue.space, options: options)
            try live.upsert(expected)
            try live.compact()
            for start in stride(from: 0, to: 700, by: 50) {
                try live.upsert(recent[start..<start + 50])
                expected += recent[start..<start + 50]
                if start % 200 == 0 {
                    let gone = expected.remove(at: expected.count - 120).product.id
                    try live.remove([gone])
                }
            }
            #expect(live.status.memoryCount > 600)
            try check(live.snapshot, expected)
            // A limit that they are above, so that the next call seals them.
            _ = consume live
            options.memoryLimit = 1000
            live = try LiveIndex(path: path, space: catalogue.space, options: options)
            try check(live.snapshot, expected)
            for start in stride(from: 700, to: 1300, by: 300) {
                try live.upsert(recent[start..<start + 300])
                expected += recent[start..<start + 300]
                while live.status.memoryCount > 0 { try live.flush() }
                try check(live.snapshot, expected)
            }
            #expect(live.status.segmentCount >= 3)
            let reader = try LiveIndexReader(path: path)
            try check(reader.snapshot, expected)
            try live.compact()
            try check(live.snapshot, expected)
            try makeIndex(catalogue.space, expected).with(codes: .always).write(to: folder + "/whole")
            let name = try #require(segments(in: path).first)
            #expect(try bytes(of: path + "/" + name) == bytes(of: folder + "/whole"))
        }
    }

    /// Products of another catalogue under the same space, with other clusters of images.
    private func strangers(_ count: Int, seed: UInt64) -> [EmbeddedProduct] {
        let other = RandomCatalogue(count: count, dimension: 96, clusters: 7, seed: seed)
        return zip(catalogue.products, other.products).map { item, stranger in
            var embedding = item.embedding
            if let vector = stranger.embedding[.image]?.vector, let old = embedding[.image]?.vector {
                embedding[.image] = .dense(DenseVector(unit: vector.components, recipe: old.recipe))
            }
            let product = Product(id: ProductID("s\(item.product.id)"), attributes: item.product.attributes)
            return EmbeddedProduct(product: product, embedding: embedding)
        }
    }

    /// Compares answers to queries of all kinds with those of an exact index of the products.
    private func check(_ snapshot: Index, _ products: [EmbeddedProduct]) throws {
        let exact = try makeIndex(catalogue.space, products)
        #expect(snapshot.ids == exact.ids)
        var random = SeededGenerator(seed: 23)
        for round in 0..<12 {
            let item = try #require(catalogue.products.randomElement(using: &random))
            var query = SearchQuery(item.embedding, count: [1, 10, 60][round % 3])
            if round % 4 == 1, products.contains(where: { !$0.product["colour"].isEmpty }) {
                query.filter = .not(.has("colour", "Red"))
            }
            if round % 4 == 2 { query.excluded = [item.product.id] }
            // So many that they are left out slot by slot.
            if round % 4 == 3 { query.excluded = Set(try exact.neighbors(query.with(count: 50)).map(\.id)) }
            #expect(try snapshot.neighbors(query) == exact.neighbors(query), "round \(round)")
        }
    }
}

extension SearchQuery {
    /// The same query for so many neighbours.
    fileprivate func with(count: Int) -> SearchQuery {
        var query = self
        query.count = count
        return query
    }
}
