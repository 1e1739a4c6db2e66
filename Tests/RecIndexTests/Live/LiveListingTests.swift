import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `A list of a live index` {
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `has what matches now, from all segments and in one order`(seed: UInt64) async throws {
        let catalogue = RandomCatalogue(count: 120, dimension: 8, seed: seed)
        var random = SeededGenerator(seed: seed)
        var options = LiveIndex.Options()
        options.memoryLimit = 4_000
        try await withTemporaryFolder { folder in
            let index = try LiveIndex(path: folder + "/live", space: catalogue.space, options: options)
            var present: [ProductID: Product] = [:]
            for _ in 0..<30 {
                let arrived = (0..<8).compactMap { _ in catalogue.products.randomElement(using: &random) }
                let gone = present.keys.sorted().filter { _ in Int.random(in: 0..<12, using: &random) == 0 }
                try await index.upsert(arrived)
                for item in arrived { present[item.product.id] = item.product }
                try await index.remove(gone)
                for id in gone { present[id] = nil }
            }
            let products = present.values.sorted { $0.id < $1.id }
            for filter in [nil, AttributeFilter.has("colour", anyOf: ["Red", "White"])] {
                let matching = products.filter { filter?.matches($0) ?? true }.map(\.id)
                for offset in [0, 5, matching.count / 2] {
                    let page = try await index.matches(of: filter, offset: offset, count: 10)
                    #expect(page.ids == Array(matching.dropFirst(offset).prefix(10)))
                    #expect(page.total == matching.count)
                }
            }
            let colours = try await index.valueCounts(of: "colour")
            let spelled = products.flatMap { $0["colour"].values }
            #expect(colours.allSatisfy { colour in spelled.count { $0 == colour.value } == colour.count })
            #expect(colours.reduce(0) { $0 + $1.count } == spelled.count)
            try await index.close()
        }
    }
}
