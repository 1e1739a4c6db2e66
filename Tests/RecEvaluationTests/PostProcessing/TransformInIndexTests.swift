import RecCore
import RecEvaluation
import RecIndex
import RecTesting
import Testing

@Suite struct `A fitted transform` {
    @Test func `travels in the notes of an index`() throws {
        let catalogue = RandomCatalogue(count: 60, dimension: 8, seed: 5)
        let sample = catalogue.products.compactMap { item in
            item.embedding[.image]?.vector
        }
        let plan = PostProcessing(power: 0.3, projection: .principalComponents(dimension: 5, exponent: -0.25))
        let transform = try plan.fit(to: sample)
        var builder = try IndexBuilder(space: transform.apply(to: catalogue.space))
        for item in catalogue.products {
            let made = try transform.apply(to: item)
            try builder.add(made.product, made.embedding)
        }
        builder.notes["image.transform"] = transform.text
        let index = try builder.build()
        let stored = try index.notes["image.transform"].map { try EmbeddingTransform(text: $0) }
        let query = try #require(catalogue.queries.first)
        #expect(throws: RecError.self) { try index.neighbors(SearchQuery(query)) }
        let made = try #require(try stored?.apply(to: query))
        #expect(try index.neighbors(SearchQuery(made, count: 5)).count == 5)
    }
}
