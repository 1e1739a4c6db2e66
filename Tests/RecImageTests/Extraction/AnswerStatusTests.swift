import RecCore
import RecImage
import RecTesting
import Testing

/// The status that a server answers real requests with.
@Suite struct `Answers to requests` {
    private let recommender: Recommender<ReferenceIndex>

    init() throws {
        let space = EmbeddingSpace(blocks: [EmbeddingSpace.Block(image: GatedExtractor())])
        let products = (0..<9).map { number in
            EmbeddedProduct(
                product: Product(id: ProductID("\(number)")),
                embedding: Embedding([.image: .init(GatedExtractor.vector(number))])
            )
        }
        recommender = Recommender(index: ReferenceIndex(space: space, products: products))
    }

    @Test func `that the client can mend have a status of the client`() async {
        await expect(404, .unknownProduct) { try await recommender.similar(to: "nobody") }
        await expect(404, .unknownProduct) { try await recommender.recommend(RecommendationQuery(likes: ["nobody"])) }
        await expect(404, .unknownPin) {
            var query = RecommendationQuery(likes: ["1"])
            query.pinned = ["nobody"]
            return try await recommender.recommend(query)
        }
        await expect(400, .invalidQuery) { try await recommender.similar(to: "1", count: -1) }
        await expect(400, .invalidQuery) {
            var query = RecommendationQuery(likes: ["1"])
            query.count = -1
            return try await recommender.recommend(query)
        }
    }

    @Test func `of a server with another extractor are its own fault`() async throws {
        await expect(500, .recipeMismatch) {
            try await recommender.similar(to: 1, using: Faulty(recipe: ["other": "1"]))
        }
        let queue = try ExtractionQueue(Faulty(recipe: ["other": "1"]), threads: 1)
        await expect(500, .recipeMismatch) { try await recommender.similar(to: 1, using: queue) }
    }

    @Test func `of an extractor that answers short are the fault of a program`() async throws {
        let short = Faulty(recipe: GatedExtractor().recipe, answers: 0)
        await expect(500, .brokenContract) { try await recommender.similar(to: 1, using: short) }
        let queue = try ExtractionQueue(short, threads: 1)
        await expect(500, .brokenContract) { try await recommender.similar(to: 1, using: queue) }
    }

    @Test func `while the queue is full ask the client to come again`() async throws {
        let gated = try GatedQueue(threads: 1, capacity: 1)
        let calls = [await gated.call(0), await gated.call(1)]
        await expect(503, .queueFull) { try await recommender.similar(to: 2, using: gated.queue) }
        gated.extractor.open()
        for call in calls { try await call.expectFeatures() }
    }

    @Test func `a batch before a small queue loses no picture`() async throws {
        let queue = try ExtractionQueue(GatedExtractor(), threads: 1, capacity: 1)
        let embedder = ProductEmbedder(extractor: queue, threads: 4, batch: 3) { Int($0.id.rawValue) }
        var embedded: [ProductID] = []
        let report = try await embedder.embed((0..<40).map { Product(id: ProductID("\($0)")) }) {
            embedded.append($0.product.id)
        }
        #expect(report.failures.isEmpty)
        #expect(embedded == (0..<40).map { ProductID("\($0)") })
    }

    private func expect<Answer>(
        _ status: Int,
        _ code: RecError.Code,
        _ request: () async throws -> Answer
    ) async {
        let error = await #expect(throws: RecError.self) { _ = try await request() }
        #expect(error?.code == code)
        #expect(error?.kind.httpStatus == status)
    }
}

/// An extractor with a recipe of its own that gives so many results, whatever it is asked.
private struct Faulty: FeatureExtractor {
    let recipe: Recipe
    var answers = 1
    let dimension = 2

    @concurrent
    func features(of inputs: [Int]) async throws -> [Result<DenseVector, any Error>] {
        (0..<answers).map { _ in Result { try DenseVector(normalizing: [1, 1], recipe: recipe) } }
    }
}
