import RecCore
import RecEngines
import RecIndex
import RecTesting
import Testing

@Suite("The scoring of candidates") struct CandidateScoringTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `gives the bits, the order and the ties of an index over the same products`(seed: UInt64) async throws {
        let catalogue = RandomCatalogue(count: 300, dimension: [24, 1280, 7][Int(seed) - 1], seed: seed)
        var random = SeededGenerator(seed: seed)
        for count in [0, 1, 26, 300] {
            let items = Array(catalogue.products.shuffled(using: &random).prefix(count))
            var builder = IndexBuilder(space: catalogue.space)
            for item in items { try builder.add(item.product, item.embedding) }
            let index = try await builder.build()
            let candidates = items.map {
                IndexedProduct(id: $0.product.id, product: $0.product, embedding: $0.embedding)
            }
            for query in try queries(catalogue, items) {
                let answer = CandidateScoring(query, in: catalogue.space).answer(from: candidates)
                let expected = try index.neighbors(query)
                #expect(answer.count == expected.count)
                let different = zip(answer, expected).first { $0 != $1 }
                #expect(different == nil)
            }
        }
    }

    private func queries(_ catalogue: RandomCatalogue, _ items: [EmbeddedProduct]) throws -> [SearchQuery] {
        let weightings: [Weighting] =
            try [0, 0.3, 1].map { Weighting(try BlockWeights(image: $0)) }
            + [
                Weighting(attributes: ["colour": 0, "season": 3]), Weighting(fusion: GreatestCosine()),
                Weighting(try BlockWeights(image: 0), attributes: ["colour": 0, "season": 0, "tags": 1e-90]),
            ]
        let known = Set(items.flatMap(\.product.attributeNames))
        return (catalogue.queries + items.prefix(3).map(\.embedding)).flatMap { embedding in
            weightings.flatMap { weighting in
                var plain = SearchQuery(embedding, count: 1000, weighting: weighting, contents: .all)
                var limited = plain
                limited.count = 7
                limited.excluded = Set(items.prefix(2).map(\.product.id))
                limited.minimumScore = 0.1
                if known.contains("price") { limited.filter = .number("price", in: ...15) }
                plain.contents = ProductContents(blocks: .only([.metadata]))
                var grouped = limited
                if known.contains("colour") { grouped.groups = [GroupCap(attribute: "colour", count: 1)] }
                return [plain, limited, grouped]
            }
        }
    }
}

private struct GreatestCosine: Fusion {
    func score(_ cosines: BlockCosines, weights: BlockWeights) -> Double? { cosines.values.compactMap { $0 }.max() }
}
