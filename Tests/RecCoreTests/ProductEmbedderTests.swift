import RecCompute
import RecCore
import RecTesting
import Testing

@Suite struct `Product embedder` {
    @Test(arguments: [1, 2, 3, 8], [1, 3, 16])
    func `products come out in their order for any number of threads`(threads: Int, batch: Int) async throws {
        let products = catalogue(100)
        let embedder = ProductEmbedder(
            extractor: FakeExtractor(delays: true),
            encoder: FakeEncoder(),
            threads: threads,
            batch: batch
        ) { $0.picture }
        let plain = ProductEmbedder(extractor: FakeExtractor(), encoder: FakeEncoder()) { $0.picture }
        let (received, report) = try await run(embedder, products)
        let (expected, _) = try await run(plain, products)
        #expect(received == expected)
        #expect(received.map(\.product) == products)
        #expect(report.embedded == 100 && report.total == 100)
        #expect(report.failures.isEmpty && report.leftOut.isEmpty)
    }

    @Test func `failures are collected with their reasons and stop nothing`() async throws {
        let products = [
            Product(id: "good", attributes: ["colour": "Red"], picture: "1.jpg"),
            Product(id: "broken picture", attributes: ["colour": "Red"], picture: "broken.jpg"),
            Product(id: "broken attribute", attributes: ["colour": "Octarine"], picture: "2.jpg"),
            Product(id: "no picture", attributes: ["colour": "Blue"]),
            Product(id: "nothing"),
            Product(id: "nothing usable", attributes: ["colour": "Octarine"], picture: "broken.jpg"),
            Product(id: "unreachable", attributes: ["colour": "Blue"], picture: "unreachable"),
        ]
        struct Unreachable: Error {}
        let embedder = ProductEmbedder(extractor: FakeExtractor(), encoder: FakeEncoder(), threads: 2, batch: 2) {
            if $0.picture == "unreachable" { throw Unreachable() }
            return $0.picture
        }
        let (received, report) = try await run(embedder, products)
        let blocks = received.map { item in
            "\(item.product.id): " + item.embedding.blocks.keys.sorted().map(\.rawValue).joined(separator: " ")
        }
        #expect(
            blocks == [
                "good: image metadata", "broken picture: metadata", "broken attribute: image", "no picture: metadata",
                "unreachable: metadata",
            ]
        )
        #expect(report.total == 7 && report.embedded == 5)
        #expect(report.leftOut == ["nothing", "nothing usable"])
        #expect(
            report.failures.map { "\($0.product) \($0.block?.rawValue ?? "all")" } == [
                "broken picture image", "broken attribute metadata", "nothing all", "nothing usable image",
                "nothing usable metadata", "nothing usable all", "unreachable image",
            ]
        )
        #expect(report.failures[0].error is FakeExtractor.Broken)
        #expect(report.failures[1].error is FakeEncoder.Unknown)
        #expect(report.failures.last?.error is Unreachable)
    }

    @Test func `an extractor that throws fails its batch and not the job`() async throws {
        let embedder = ProductEmbedder(extractor: FakeExtractor(isRude: true), encoder: FakeEncoder()) { $0.picture }
        let (received, report) = try await run(embedder, catalogue(20))
        #expect(received.count == 20)
        #expect(received.allSatisfy { $0.embedding[.image] == nil })
        #expect(report.failures.count == 20)
    }

    @Test(arguments: [1, 3])
    func `no picture is lost while the extractor is busy or takes few at a time`(capacity: Int) async throws {
        let extractor = BusyExtractor(refusals: 7, capacity: capacity)
        let embedder = ProductEmbedder(extractor: extractor, threads: 3, batch: 8) { $0.picture }
        let plain = ProductEmbedder(extractor: FakeExtractor()) { $0.picture }
        let (received, report) = try await run(embedder, catalogue(40))
        #expect(report.failures.isEmpty)
        #expect(received == (try await run(plain, catalogue(40)).0))
    }

    @Test func `a job that waits for a busy extractor can be cancelled`() async throws {
        let embedder = ProductEmbedder(extractor: BusyExtractor(refusals: .max, capacity: 8)) { $0.picture }
        let job = Task { try await run(embedder, catalogue(1)) }
        job.cancel()
        await #expect(throws: CancellationError.self) { try await job.value }
    }

    @Test func `two blocks of one name are refused by every embedding`() async throws {
        struct Again: BlockEncoder {
            let block = EmbeddingSpace.Block(metadata: FakeEncoder())
            func encode(_ product: Product) -> Embedding.Block? { nil }
        }
        let embedder = ProductEmbedder(encoder: FakeEncoder(), blocks: [Again()])
        let batch = await #expect(throws: RecError.self) { try await run(embedder, catalogue(1)) }
        let one = await #expect(throws: RecError.self) { try await embedder.embed(catalogue(1)[0], picture: nil) }
        #expect(batch?.code == .invalidSetting && one?.code == .invalidSetting)
    }

    @Test func `a second run takes from the cache what the first one stored`() async throws {
        let cache = FakeCache()
        func embedder(_ extractor: FakeExtractor) -> ProductEmbedder<String> {
            ProductEmbedder(extractor: extractor, cache: cache, threads: 2, batch: 4) { $0.picture }
        }
        let (first, one) = try await run(embedder(FakeExtractor()), Array(catalogue(30).prefix(13)))
        #expect(one.cached == 0 && cache.count == 13)
        // This one throws whenever it is asked, so the first 13 can only come from the cache.
        let (_, two) = try await run(embedder(FakeExtractor(isRude: true)), catalogue(30))
        #expect(two.cached == 13 && two.leftOut.count == 17)
        let (all, three) = try await run(embedder(FakeExtractor()), catalogue(30))
        #expect(three.cached == 13 && three.failures.isEmpty)
        #expect(Array(all.prefix(13)) == first)
        // Another recipe is another cache.
        let (_, four) = try await run(embedder(FakeExtractor(recipe: ["backbone": "other"])), catalogue(30))
        #expect(four.cached == 0)
    }

    @Test func `features of another dimension in the cache are made anew`() async throws {
        let cache = FakeCache()
        let stray = try DenseVector(normalizing: [1], recipe: FakeExtractor().recipe)
        let products = catalogue(5)
        for product in products { try cache.store(stray, for: try #require(product.picture)) }
        let embedder = ProductEmbedder(extractor: FakeExtractor(), cache: cache) { $0.picture }
        let (received, report) = try await run(embedder, products)
        #expect(report.cached == 0 && received.count == 5)
    }

    @Test func `any number of threads may be asked for`() async throws {
        let embedder = ProductEmbedder(extractor: FakeExtractor(), threads: .max) { $0.picture }
        #expect(try await run(embedder, catalogue(20)).0.count == 20)
    }

    @Test func `a cache that is full costs no product`() async throws {
        let embedder = ProductEmbedder(extractor: FakeExtractor(), cache: FakeCache(limit: 5)) { $0.picture }
        let (received, report) = try await run(embedder, catalogue(12))
        #expect(received.count == 12 && report.failures.isEmpty)
        #expect(report.unstored == 7)
        #expect(report.firstStoringError is FakeCache.Full)
    }

    @Test func `a cancelled job stops soon and says so`() async throws {
        let embedder = ProductEmbedder(extractor: FakeExtractor(delays: true), threads: 2) { $0.picture }
        let (received, continuation) = AsyncStream.makeStream(of: ProductID.self)
        let job = Task {
            // The catalogue has no end, so the job ends by cancellation only.
            let products = sequence(first: 0) { $0 + 1 }.lazy
                .map { Product(id: ProductID("\($0)"), picture: "\($0).jpg") }
            return try await embedder.embed(products) { continuation.yield($0.product.id) }
        }
        for await id in received where id == "100" { break }
        job.cancel()
        await #expect(throws: CancellationError.self) { try await job.value }
    }

    @Test func `an error of the receiver ends the job`() async throws {
        struct Stop: Error {}
        let embedder = ProductEmbedder(extractor: FakeExtractor(), threads: 2, batch: 2) { $0.picture }
        var received = 0
        await #expect(throws: Stop.self) {
            try await embedder.embed(catalogue(50)) { _ in
                received += 1
                if received == 7 { throw Stop() }
            }
        }
        #expect(received == 7)
    }

    @Test func `progress never falls and ends with everything done`() async throws {
        let told = LockedValue<[WorkProgress]>([])
        let embedder = ProductEmbedder(extractor: FakeExtractor(delays: true), threads: 2, batch: 1) { $0.picture }
        _ = try await embedder.embed(catalogue(60), every: .microseconds(200)) { _ in
        } progress: { progress in
            told.withLock { $0.append(progress) }
        }
        let progress = told.withLock { $0 }
        #expect(progress.count > 1)
        #expect(zip(progress, progress.dropFirst()).allSatisfy { $0.done <= $1.done && $0.elapsed <= $1.elapsed })
        #expect(progress.allSatisfy { $0.total == 60 })
        let last = try #require(progress.last)
        #expect(last.done == 60 && last.timeLeft == .zero && last.itemsPerSecond > 0)
    }

    @Test func `the time left is told from the pictures that had to be worked on`() {
        let progress = WorkProgress(phase: "embedding", done: 300, total: 400, cached: 200, elapsed: .seconds(50))
        #expect(progress.itemsPerSecond == 2)
        #expect(progress.timeLeft == .seconds(50))
        let unknown = WorkProgress(phase: "embedding", done: 3, total: nil, elapsed: .seconds(1))
        #expect(unknown.timeLeft == nil)
    }

    @Test func `no products make an empty report`() async throws {
        let (received, report) = try await run(ProductEmbedder(encoder: FakeEncoder()), [])
        #expect(received.isEmpty && report.total == 0)
    }

    @Test func `attributes alone make a space of one block`() async throws {
        let embedder = ProductEmbedder(encoder: FakeEncoder())
        #expect(embedder.space.blocks.map(\.name) == [.metadata])
        let (received, _) = try await run(embedder, catalogue(300))
        #expect(received.count == 300)
        #expect(received.allSatisfy { $0.embedding[.metadata] != nil && $0.embedding[.image] == nil })
    }

    @Test func `the fakes keep the promises of an extractor and an encoder`() async throws {
        try await FeatureExtractorConformance.check(FakeExtractor(), inputs: ["1", "2", "3"], broken: "broken")
        try MetadataEncoderConformance.check(FakeEncoder(), products: catalogue(4))
    }
}
