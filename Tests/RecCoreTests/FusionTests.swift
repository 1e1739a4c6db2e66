import RecCore
import RecTesting
import Testing

@Suite struct `The fusion of blocks` {
    @Test(arguments: [0, 0.2, 0.5, 0.8, 0.99, 1])
    func `the cosine of concatenated vectors is the weighted mean of the cosines`(image: Double) throws {
        let catalogue = RandomCatalogue(count: 60, dimension: 32, seed: 1)
        let weights = try BlockWeights(image: image)
        let concatenation = Concatenation(space: catalogue.space, weights: weights)
        let complete = catalogue.products.map(\.embedding).filter { $0.blocks.count == 2 }
        #expect(complete.count > 20)
        for (one, other) in zip(complete, complete.dropFirst()) {
            let flat = cosine(try concatenation.vector(of: one), try concatenation.vector(of: other))
            let mean = try #require(
                Weighting(weights).score(ReferenceIndex.cosines(one, other, in: catalogue.space))
            )
            #expect(abs(flat - mean) < 1e-6)
        }
    }

    @Test func `blocks are scaled by the root of their weight, not by the weight`() throws {
        // The pictures are equal and the attributes have nothing in common, so the score is the image weight itself.
        let (one, other, space) = try equalPicturesOtherAttributes()
        let concatenation = Concatenation(space: space, weights: try BlockWeights(image: 0.8))
        let flat = cosine(try concatenation.vector(of: one), try concatenation.vector(of: other))
        #expect(abs(flat - 0.8) < 1e-6)
        // Scaling by the weights would give 0.64 / (0.64 + 0.04) = 0.94.
    }

    @Test func `a flat vector has unit length whatever blocks it lacks`() throws {
        let catalogue = RandomCatalogue(count: 60, seed: 2)
        let concatenation = Concatenation(space: catalogue.space)
        #expect(concatenation.dimension == 24 + 12)
        for item in catalogue.products {
            let vector = try concatenation.vector(of: item.embedding)
            #expect(vector.count == concatenation.dimension)
            #expect(abs(vector.reduce(0.0) { $0 + Double($1) * Double($1) } - 1) < 1e-6)
        }
    }

    @Test func `an embedding without a block of positive weight has no flat vector`() throws {
        let catalogue = RandomCatalogue(count: 1, seed: 3)
        let pictureOnly = try #require(catalogue.queries.first { $0.blocks.count == 1 && $0[.image] != nil })
        let concatenation = Concatenation(space: catalogue.space, weights: try BlockWeights(image: 0))
        let error = #expect(throws: RecError.self) { try concatenation.vector(of: pictureOnly) }
        #expect(error?.code == .noSharedBlock)
    }

    @Test func `a block that either side lacks drops out and the rest is renormalised`() throws {
        let weighting = Weighting(try BlockWeights([.image: 3, .metadata: 1]))
        func score(_ image: Double?, _ metadata: Double?) -> Double? {
            weighting.score(BlockCosines(names: [.image, .metadata], values: [image, metadata]))
        }
        #expect(score(0.5, 0.1) == 0.4)
        #expect(score(0.5, nil) == 0.5)
        #expect(score(nil, 0.1) == 0.1)
        #expect(score(nil, nil) == nil)
    }

    @Test func `a block without weight gives no score of its own`() throws {
        let weighting = Weighting(try BlockWeights(image: 1))
        #expect(weighting.score(BlockCosines(names: [.image, .metadata], values: [nil, 0.9])) == nil)
        #expect(weighting.score(BlockCosines(names: [.image, .metadata], values: [0.3, 0.9])) == 0.3)
    }

    @Test(arguments: [0.1, 0.5, 0.8])
    func `weights at query time rank as weights that were stored in flat vectors`(image: Double) throws {
        let catalogue = RandomCatalogue(count: 120, seed: 4)
        let products = catalogue.products.filter { $0.embedding.blocks.count == 2 }
        let weights = try BlockWeights(image: image)
        let concatenation = Concatenation(space: catalogue.space, weights: weights)
        let reference = ReferenceIndex(space: catalogue.space, products: products)
        for query in catalogue.queries where query.blocks.count == 2 {
            let atQueryTime = reference.matches(SearchQuery(query, weighting: Weighting(weights)))
            let flat = try concatenation.vector(of: query)
            var stored: [ProductID: Double] = [:]
            for item in products {
                stored[item.product.id] = cosine(flat, try concatenation.vector(of: item.embedding))
            }
            for (nearer, farther) in zip(atQueryTime, atQueryTime.dropFirst()) {
                let difference = try #require(stored[nearer.id]) - #require(stored[farther.id])
                #expect(difference > -1e-6)
            }
        }
    }

    @Test func `only the ratios of weights matter, however large or small they are`() throws {
        #expect(try BlockWeights([.image: 8, .metadata: 2]) == BlockWeights([.image: 0.8, .metadata: 0.2]))
        for scale in [1e-300, 1e308] {
            let weights = try BlockWeights([.image: scale, .metadata: scale])
            #expect(weights[.image] == 0.5 && weights[.metadata] == 0.5)
        }
        #expect(BlockWeights.standard[.image] == 0.8)
        #expect(BlockWeights.standard["text"] == 0)
    }

    static let weightless: [[BlockName: Double]] = [
        [.image: -1], [.image: .nan], [.image: .infinity], [.image: 0, .metadata: 0], [:],
    ]

    @Test(arguments: weightless)
    func `weights that weigh nothing are refused`(weights: [BlockName: Double]) {
        let error = #expect(throws: RecError.self) { try BlockWeights(weights) }
        #expect(error?.code == .invalidWeight)
    }

    @Test(arguments: [-0.1, 1.1, Double.nan])
    func `an image weight outside 0 to 1 is refused`(image: Double) {
        let error = #expect(throws: RecError.self) { try BlockWeights(image: image) }
        #expect(error?.code == .invalidWeight)
    }

    @Test func `a fusion of one's own takes the place of the weighted mean`() throws {
        FusionConformance.check(Least(), seed: 5)
        let cosines = BlockCosines(names: [.image, .metadata], values: [0.75, 0.5])
        #expect(Weighting(fusion: Least()).score(cosines) == 0.5)
        #expect(Weighting(fusion: Least()) != Weighting())
        #expect(Weighting(fusion: Least()) == Weighting(fusion: Least()))
    }

    private func cosine(_ one: [Float], _ other: [Float]) -> Double {
        zip(one, other).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    private func equalPicturesOtherAttributes() throws -> (Embedding, Embedding, EmbeddingSpace) {
        let attributes = AttributeSpace(attributes: [
            .init(name: "colour", categories: [.value("Red"), .value("Blue")])
        ])
        let picture = try DenseVector(normalizing: [1, 2, 3], recipe: [:])
        func embedding(_ column: UInt32) throws -> Embedding {
            Embedding([
                .image: .dense(picture),
                .metadata: .oneHot(try AttributeCodes(columns: [column], space: attributes)),
            ])
        }
        let space = EmbeddingSpace(blocks: [
            .init(name: .image, kind: .dense(dimension: 3, recipe: [:])),
            .init(name: .metadata, kind: .oneHot(attributes)),
        ])
        return (try embedding(0), try embedding(1), space)
    }
}
