import RecCore
import RecTesting
import Testing

@Suite struct `The recommender` {
    @Test func `a product is never recommended for itself, even among exact copies`() throws {
        let item = RandomCatalogue(count: 1, seed: 1).products[0]
        let copies = ["a", "b", "c"].map { EmbeddedProduct(product: Product(id: $0), embedding: item.embedding) }
        let index = ReferenceIndex(space: RandomCatalogue(count: 1, seed: 1).space, products: copies)
        let recommender = Recommender(index: index)
        #expect(try recommender.similar(to: "b").map(\.id) == ["a", "c"])
        #expect(try recommender.similar(to: "b", count: 1).map(\.id) == ["a"])
        // A raw embedding belongs to nobody, so nobody is left out.
        #expect(try recommender.similar(to: item.embedding).map(\.id) == ["a", "b", "c"])
    }

    @Test func `an unknown product is reported by name`() throws {
        let recommender = Recommender(index: index(RandomCatalogue(count: 3, seed: 2)))
        let error = #expect(throws: RecError.self) { try recommender.similar(to: "nobody") }
        #expect(error?.code == .unknownProduct)
        #expect(error?.message.contains("nobody") == true)
    }

    @Test func `the fusion of a call wins over that of the recommender`() throws {
        let catalogue = RandomCatalogue(count: 60, seed: 3)
        let recommender = Recommender(
            index: index(catalogue),
            weighting: Weighting(try BlockWeights(image: 1))
        )
        let query = catalogue.queries[0]
        for neighbor in try recommender.similar(to: query) { #expect(neighbor.score == neighbor.cosines[.image]) }
        let metadata = Weighting(try BlockWeights(image: 0))
        for neighbor in try recommender.similar(to: query, weighting: metadata) {
            #expect(neighbor.score == neighbor.cosines[.metadata])
        }
    }

    @Test func `a picture is looked up with the extractor, which must be that of the index`() async throws {
        let extractor = FakeExtractor()
        let embedder = ProductEmbedder(extractor: extractor) { $0.picture }
        var items: [EmbeddedProduct] = []
        _ = try await embedder.embed((0..<9).map { Product(id: ProductID("\($0)"), picture: "\($0).jpg") }) {
            items.append($0)
        }
        let recommender = Recommender(index: ReferenceIndex(space: embedder.space, products: items))
        let first = try #require(try await recommender.similar(to: "7.jpg", using: extractor).first)
        #expect(first.id == "7")
        #expect(abs(first.score - 1) < 1e-6)
        let other = FakeExtractor(recipe: ["backbone": "another"])
        let error = await #expect(throws: RecError.self) {
            try await recommender.similar(to: "7.jpg", using: other)
        }
        #expect(error?.code == .recipeMismatch)
        await #expect(throws: FakeExtractor.Broken.self) {
            try await recommender.similar(to: "broken.jpg", using: extractor)
        }
    }

    @Test func `a neighbour is shown with its score and cosines`() {
        let cosines = BlockCosines(names: [.image, .metadata], values: [0.75, nil])
        #expect("\(Neighbor(id: "15970", score: 0.5, cosines: cosines))" == "15970 0.5 (image 0.75, metadata –)")
    }

    private func index(_ catalogue: RandomCatalogue) -> ReferenceIndex {
        ReferenceIndex(space: catalogue.space, products: catalogue.products)
    }
}
