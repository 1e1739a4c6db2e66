import RecCore
import RecIndex
import RecTesting
import Testing

/// Several queries at once over an index that lies in several parts.
@Suite struct `Joint search of a live index` {
    private let catalogue = RandomCatalogue(count: 2600, dimension: 96, clusters: 40, seed: 31)

    @Test(arguments: [9, 40, 200])
    func `its answers are those of one query after another`(count: Int) throws {
        try withTemporaryFolder { folder in
            var options = LiveIndex.Options.large
            options.maximumSegmentCount = 20
            options.maximumDeadShare = 1
            let live = try LiveIndex(path: folder + "/live", space: catalogue.space, options: options)
            try live.upsert(catalogue.products.prefix(1500))
            try live.compact()
            // A part in memory that has codes, one that has none, and products of the file that no longer count.
            try live.upsert(catalogue.products[1400..<2300])
            try live.upsert(catalogue.products[2300..<2340])
            try live.remove(catalogue.products.prefix(100).map(\.product.id))
            let snapshot = live.snapshot
            #expect(snapshot.hasCodes)
            let queries = try queries(count: count)
            let answers = try queries.map { try snapshot.neighbors($0) }
            #expect(try snapshot.neighbors(forAll: queries) == answers)
            #expect(try live.neighbors(forAll: queries) == answers)
            let exact = try snapshot.with(codes: .never)
            #expect(try queries.map { try exact.neighbors($0) } == answers)
        }
    }

    private func queries(count: Int) throws -> [SearchQuery] {
        var random = SeededGenerator(seed: 32)
        return try (0..<count).map { number in
            let item = try #require(catalogue.products.randomElement(using: &random))
            var query = SearchQuery(item.embedding, count: [1, 10, 60, 0][number % 4])
            if number % 3 == 1 { query.excluded = [item.product.id] }
            if number % 5 == 1 { query.filter = .not(.has("colour", "Red")) }
            if number % 7 == 1 { query.minimumScore = 0.5 }
            return query
        }
    }
}
