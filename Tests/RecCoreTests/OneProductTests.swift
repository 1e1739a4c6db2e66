import RecCore
import Testing

@Suite struct `Embedding one product` {
    private let embedder = ProductEmbedder(extractor: FakeExtractor(), encoder: FakeEncoder()) { $0.picture }

    @Test func `it is what a batch makes of the product`() async throws {
        let product = Product(id: "a", attributes: ["colour": "Red"], picture: "1.jpg")
        var batch: [EmbeddedProduct] = []
        _ = try await embedder.embed([product]) { batch.append($0) }
        #expect(try await [embedder.embed(product, picture: "1.jpg")] == batch)
    }

    @Test func `a picture that cannot be used is an error, whatever else is known`() async {
        let product = Product(id: "a", attributes: ["colour": "Red"])
        await #expect(throws: FakeExtractor.Broken.self) { try await embedder.embed(product, picture: "broken.jpg") }
    }

    @Test func `an attribute that the encoder refuses is an error, whatever the picture`() async {
        let product = Product(id: "a", attributes: ["colour": "Octarine"])
        await #expect(throws: FakeEncoder.Unknown.self) { try await embedder.embed(product, picture: "1.jpg") }
    }

    @Test func `without a picture there are the attributes, and with neither there is an error`() async throws {
        let product = Product(id: "a", attributes: ["colour": "Red"], picture: "1.jpg")
        #expect(try await embedder.embed(product, picture: nil).embedding.blocks.keys.sorted() == [.metadata])
        let error = await #expect(throws: RecError.self) {
            try await embedder.embed(Product(id: "a", attributes: ["size": "XL"]), picture: nil)
        }
        #expect(error?.code == .noSharedBlock)
        #expect(error?.kind.httpStatus == 422)
    }

    @Test func `an embedder of attributes alone takes products without pictures`() async throws {
        let product = Product(id: "a", attributes: ["colour": "Blue"])
        let embedded = try await ProductEmbedder(encoder: FakeEncoder()).embed(product, picture: nil)
        #expect(embedded.embedding.blocks.keys.sorted() == [.metadata])
    }

    @Test func `settings out of their range are an error of the call`() async {
        for (threads, batch) in [(0, 8), (1, 0), (-1, -1)] {
            let embedder = ProductEmbedder(extractor: FakeExtractor(), threads: threads, batch: batch) { $0.picture }
            let error = await #expect(throws: RecError.self) { try await embedder.embed([]) { _ in } }
            #expect(error?.code == .invalidSetting)
        }
    }
}
