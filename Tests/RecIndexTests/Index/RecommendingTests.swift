import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Recommendations from an index` {
    @Test(arguments: ExampleStrategy.allCases, [false, true])
    func `are those of the reference`(strategy: ExampleStrategy, hasCodes: Bool) throws {
        let catalogue = RandomCatalogue(count: 300, clusters: 12, seed: 31)
        var builder = IndexBuilder(space: catalogue.space, capacity: catalogue.products.count)
        for item in catalogue.products { try builder.add(item.product, item.embedding) }
        let index = try builder.build(codes: hasCodes ? .always : .never)
        let reference = ReferenceIndex(space: catalogue.space, products: catalogue.products)
        var random = SeededGenerator(seed: 32)
        let ids = catalogue.products.map(\.product.id).shuffled(using: &random)
        for start in stride(from: 0, to: 60, by: 6) {
            var query = RecommendationQuery(
                likes: ids[start..<start + 3].map { .product($0) },
                dislikes: [.product(ids[start + 3])],
                strategy: strategy,
                count: 20
            )
            query.filter = .not(.has("colour", "Green"))
            query.groupLimits = [GroupLimit(attribute: "season", count: 6)]
            let answer = try Recommender(index: index).recommend(query)
            let expected = try Recommender(index: reference).recommend(query)
            #expect(answer.count == expected.count)
            for (product, expected) in zip(answer, expected) { #expect(abs(product.score - expected.score) < 2e-6) }
            for product in answer where !product.parts.isEmpty {
                #expect(abs(product.parts.reduce(0) { $0 + $1.value } - product.score) < 1e-9)
            }
        }
    }
}
