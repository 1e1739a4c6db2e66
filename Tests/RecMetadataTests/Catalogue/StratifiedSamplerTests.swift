import RecCore
import RecMetadata
import RecTesting
import Testing

@Suite struct `Stratified sampling` {
    private static func products(_ strata: [(String?, Int)]) -> [Product] {
        strata.flatMap { name, count in
            (0..<count).map { index in
                let values = name.map { AttributeValues([$0]) } ?? []
                return Product(id: ProductID("\(name ?? "none") \(index)"), attributes: ["subCategory": values])
            }
        }
    }

    @Test(arguments: [(1, 1), (4, 1), (5, 1), (6, 1), (14, 1), (15, 2), (16, 2), (24, 2), (25, 2), (26, 3), (35, 4)])
    func `a stratum gives its fraction, half to even, and one at least`(size: Int, expected: Int) throws {
        let sample = try StratifiedSampler().sample(Self.products([("Shoes", size)]))
        #expect(sample.count == expected)
    }

    @Test func `products that lack the attribute are a stratum of their own`() throws {
        let sample = try StratifiedSampler(fraction: 0.5).sample(Self.products([("Shoes", 10), (nil, 4), ("Bags", 1)]))
        let counts = Dictionary(grouping: sample) { $0["subCategory"].first }.mapValues(\.count)
        #expect(counts == ["Shoes": 5, nil: 2, "Bags": 1])
    }

    @Test func `the seed alone decides, not the order of products`() throws {
        let products = Self.products([("Shoes", 200), ("Bags", 100)])
        var generator = SeededGenerator(seed: 1)
        let sampler = StratifiedSampler(seed: 5)
        let sample = try sampler.sample(products)
        #expect(Set(try sampler.sample(products.shuffled(using: &generator))) == Set(sample))
        #expect(sample == products.filter(Set(sample).contains))
        #expect(try Set(StratifiedSampler(seed: 6).sample(products)) != Set(sample))
    }

    @Test func `a larger fraction contains a smaller one`() throws {
        let products = Self.products([("Shoes", 200), (nil, 33)])
        var previous: Set<Product> = []
        for fraction in [0.01, 0.1, 0.35, 0.8, 1] {
            let sample = try Set(StratifiedSampler(fraction: fraction, seed: 9).sample(products))
            #expect(sample.isSuperset(of: previous))
            previous = sample
        }
        #expect(previous.count == products.count)
    }

    @Test func `the picks look like chance`() throws {
        // 100 seeds, 1,000 products, 10 %: each product is picked 10 times on average; the spread is that of a binomial.
        let products = Self.products([("Shoes", 1000)])
        var counts: [ProductID: Int] = [:]
        for seed in 0..<100 as Range<UInt64> {
            for product in try StratifiedSampler(seed: seed).sample(products) { counts[product.id, default: 0] += 1 }
        }
        let variance = products.reduce(0.0) {
            $0 + Double((counts[$1.id] ?? 0) - 10) * Double((counts[$1.id] ?? 0) - 10)
        }
        #expect(7.5...10.5 ~= variance / 1000)
    }

    @Test(arguments: [0, -0.1, 1.1, .nan, .infinity])
    func `a fraction out of range is refused`(fraction: Double) throws {
        let error = try #require(throws: RecError.self) { try StratifiedSampler(fraction: fraction).sample([]) }
        #expect(error.code == .invalidSetting)
    }

    @Test func `no products give no sample`() throws {
        #expect(try StratifiedSampler().sample([]).isEmpty)
    }
}
