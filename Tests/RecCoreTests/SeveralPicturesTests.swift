import RecCompute
import RecCore
import RecTesting
import Testing

@Suite struct `Several pictures of a product` {
    struct Lost: Error {}

    /// Fake features in which several pictures count as the aggregation says.
    struct Extractor: FeatureExtractor {
        let aggregation: InputAggregation
        var recipe: Recipe {
            let base = FakeExtractor().recipe
            return Recipe(fields: base.fields + [Recipe.Field(name: "pictures", value: aggregation.rawValue)])
        }
        let dimension = FakeExtractor().dimension

        func features(of inputs: [String]) async throws -> [Result<DenseVector, any Error>] {
            try await FakeExtractor().features(of: inputs)
        }
    }

    private let shirt = Product(id: "shirt", picture: "front")

    private func vectors(_ names: [String]) async throws -> [DenseVector] {
        try await FakeExtractor().features(of: names).map { try $0.get() }
    }

    private func embedder(
        _ aggregation: InputAggregation,
        _ pictures: [String],
        cache: FakeCache? = nil
    ) -> ProductEmbedder<String> {
        ProductEmbedder(extractor: Extractor(aggregation: aggregation), cache: cache) { _ in pictures }
    }

    @Test func `the block is the normalised mean of all, as double precision has it`() async throws {
        let names = ["front", "back", "detail"]
        let (received, report) = try await run(embedder(.mean, names), [shirt])

        var sums = [Double](repeating: 0, count: 4)
        for vector in try await vectors(names) {
            for index in 0..<4 { sums[index] += Double(vector.components[index]) }
        }
        let length = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let block = try #require(received.first?.embedding.image)
        #expect(report.failures.isEmpty)
        for index in 0..<4 { #expect(abs(Double(block.components[index]) - sums[index] / length) < 1e-7) }
        #expect(try await embedder(.mean, []).embed(shirt, pictures: names) == received[0])
    }

    @Test func `the first alone counts where that is set, and no other is needed`() async throws {
        let (received, report) = try await run(embedder(.first, ["front", "broken"]), [shirt])

        #expect(report.failures.isEmpty)
        #expect(received.first?.embedding.image == (try await vectors(["front"])[0]))
    }

    @Test func `one picture gives the same bits as ever`() async throws {
        let (received, _) = try await run(embedder(.mean, ["front"]), [shirt])

        #expect(received.first?.embedding.image == (try await vectors(["front"])[0]))
    }

    @Test func `a broken one is reported, and the others count but are not kept`() async throws {
        let cache = FakeCache()
        let (received, report) = try await run(embedder(.mean, ["front", "broken", "back"], cache: cache), [shirt])
        let (whole, _) = try await run(embedder(.mean, ["front", "back"]), [shirt])

        #expect(received == whole)
        #expect(report.failures.map(\.block) == [.image])
        #expect(cache.count == 0)
        await #expect(throws: FakeExtractor.Broken.self) {
            try await embedder(.mean, []).embed(shirt, pictures: ["front", "broken"])
        }
    }

    @Test func `pictures of products with any number of them stay with their products`() async throws {
        let products = catalogue(40)
        let numbers = Dictionary(uniqueKeysWithValues: products.enumerated().map { ($1.id, $0 % 4) })
        let embedder = ProductEmbedder(
            extractor: FakeExtractor(delays: true),
            encoder: FakeEncoder(),
            threads: 3,
            batch: 5
        ) { product in
            (0..<(numbers[product.id] ?? 0)).map { "\(product.id) \($0)" }
        }
        let (received, _) = try await run(embedder, products)

        for item in received {
            let names = (0..<(numbers[item.product.id] ?? 0)).map { "\(item.product.id) \($0)" }
            let expected = try await embedder.embed(item.product, pictures: names)
            #expect(item == expected)
        }
        #expect(received.count == products.count)
    }

    @Test func `an error of fetching is that of the product`() async throws {
        let embedder = ProductEmbedder(extractor: FakeExtractor(), encoder: FakeEncoder()) { product in
            if product.id == "2" { throw Lost() }
            return [product.picture ?? ""]
        }
        let products = ["1", "2", "3"].map { Product(id: $0, attributes: ["colour": "Red"], picture: "front") }
        let (received, report) = try await run(embedder, products)

        #expect(received.map { $0.embedding.image != nil } == [true, false, true])
        #expect(report.failures.count == 1 && report.failures[0].error is Lost)
    }
}

@Suite struct `Loading ahead` {
    /// Counts the inputs in memory; computes a batch only when the next one has been asked for.
    final class Storage: FeatureExtractor {
        struct Counts {
            var loaded = 0
            var held = 0
            var mostHeld = 0
        }

        let recipe = FakeExtractor().recipe
        let dimension = FakeExtractor().dimension
        private let total: Int
        private let counts = LockedValue(Counts())

        init(total: Int) { self.total = total }

        var mostHeld: Int { counts.withLock { $0.mostHeld } }

        func load(_ input: String) async throws -> String {
            counts.withLock {
                $0.loaded += 1
                $0.held += 1
                $0.mostHeld = max($0.mostHeld, $0.held)
            }
            await Task.yield()
            return input
        }

        func features(of inputs: [String]) async throws -> [Result<DenseVector, any Error>] {
            let needed = counts.withLock { min($0.loaded, total) }
            // Without loading ahead, none is loaded meanwhile.
            while counts.withLock({ $0.loaded < total && $0.loaded <= needed && $0.held <= inputs.count }) {
                try await Task.sleep(for: .milliseconds(1))
            }
            let results = try await FakeExtractor().features(of: inputs)
            counts.withLock { $0.held -= inputs.count }
            return results
        }
    }

    @Test(.timeLimit(.minutes(30)), arguments: [1, 2, 4])
    func `inputs are loaded while others are computed, and few are in memory`(threads: Int) async throws {
        let products = catalogue(60)
        let storage = Storage(total: products.count { $0.picture != nil })
        let embedder = ProductEmbedder(extractor: storage, threads: threads, batch: 4) { $0.picture }

        let (received, report) = try await run(embedder, products)

        #expect(report.failures.isEmpty)
        #expect(received == (try await run(ProductEmbedder(extractor: FakeExtractor()) { $0.picture }, products).0))
        #expect(storage.mostHeld > 4)
        #expect(storage.mostHeld <= 2 * threads * 4)
    }
}

extension Embedding {
    /// The image block.
    fileprivate var image: DenseVector? { self[.image]?.vector }
}
