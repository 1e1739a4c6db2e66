import RecCore
import RecEvaluation
import RecIndex
import Testing

@Suite struct `An attribute that would judge its own score` {
    private func index() throws -> Index {
        try EvaluationFixtures.index([
            ("a", 0, ["kind": "Shirt", "colour": "Blue"]),
            ("b", 10, ["kind": "Shirt", "colour": "Red"]),
            ("c", 30, ["kind": "Shoe", "colour": "Blue"]),
            ("d", 60, ["kind": "Shoe", "colour": "Red"]),
        ])
    }

    private func isRefused(_ evaluation: Evaluation, _ weighting: Weighting) async throws -> Bool {
        do {
            _ = try await evaluation.run(on: index(), weighting: weighting)
            return false
        } catch let error as RecError {
            #expect(error.code == .leakingJudge)
            #expect(error.message.contains("'colour'") && error.message.contains("hold it out"))
            return true
        }
    }

    @Test(arguments: [0, 0.2, 0.999])
    func `it is refused as soon as the block has weight`(image: Double) async throws {
        #expect(try await isRefused(Evaluation(.sharing("colour")), Weighting(BlockWeights(image: image))))
    }

    @Test func `a fusion that does not tell its weights is taken to use the block`() async throws {
        struct Best: Fusion {
            func score(_ cosines: BlockCosines, weights: BlockWeights) -> Double? {
                cosines.values.compactMap(\.self).max()
            }
        }
        #expect(try await isRefused(Evaluation(.sharing("colour")), Weighting(fusion: Best())))
    }

    @Test func `it may judge where it takes no part`() async throws {
        #expect(try await !isRefused(Evaluation(.sharing("kind")), Weighting()))
        #expect(try await !isRefused(Evaluation(.sharing("colour")), Weighting(.imageOnly)))
        #expect(try await !isRefused(Evaluation(.sharing("colour"), heldOut: ["colour"]), Weighting()))
        #expect(try await isRefused(Evaluation(.sharing("colour"), heldOut: ["kind"]), Weighting()))
    }

    @Test func `an attribute of weight zero takes no part`() async throws {
        let space = AttributeSpace(attributes: [
            .init(name: "colour", categories: [.value("Blue")], weight: 0),
            .init(name: "size", categories: [.value("S")]),
        ])
        var builder = IndexBuilder(space: EmbeddingSpace(blocks: [.init(name: .metadata, kind: .oneHot(space))]))
        for id: ProductID in ["a", "b"] {
            let codes = try AttributeCodes(columns: [0, 1], space: space)
            let product = Product(id: id, attributes: ["colour": "Blue", "size": "S"])
            try builder.add(product, Embedding([.metadata: .oneHot(codes)]))
        }
        let report = try await Evaluation(.sharing("colour")).run(on: try builder.build())
        #expect(report[.recall] == [1, 1])
    }

    @Test func `one system that leaks refuses a comparison`() async throws {
        let systems = Evaluation.System.blocksAndFused(of: try index().space)
        await #expect(throws: RecError.self) {
            try await Evaluation(.sharing("colour")).compare(systems, on: index())
        }
    }

    @Test func `held out, an attribute finds nothing`() async throws {
        // Colour is all that the block has, so without it only pictures are compared.
        let held = try await Evaluation(.sharing("colour"), count: 2, heldOut: ["colour"])
            .run(on: index(), weighting: Weighting(BlockWeights(image: 0.1)))
        let pictures = try await Evaluation(.sharing("colour"), count: 2)
            .run(on: index(), weighting: Weighting(.imageOnly))
        for metric in RankingMetric.allCases { #expect(held[metric] == pictures[metric]) }
        #expect(held.exposure == pictures.exposure)
        #expect(zip(held.diversities, pictures.diversities).allSatisfy { abs($0 - $1) < 1e-12 })
        let attributes = try await Evaluation(.sharing("colour"), count: 2, heldOut: ["colour"])
            .run(on: index(), weighting: Weighting(BlockWeights(image: 0)))
        #expect(attributes.exposure.coverage == 0)
    }

    @Test func `held out, it ranks as an index without it where all products have it`() async throws {
        let with = try taggedIndex(colours: true)
        let without = try taggedIndex(colours: false)
        let weighting = Weighting(try BlockWeights(image: 0))
        let held = try await Evaluation(.sharing("colour"), count: 9, heldOut: ["colour"])
            .run(on: with, weighting: weighting)
        let plain = try await Evaluation(.sharing("colour"), count: 9).run(on: without, weighting: weighting)
        for metric in RankingMetric.allCases { #expect(held[metric] == plain[metric]) }
        #expect(held.exposure == plain.exposure)
        #expect(held.diversities == plain.diversities && held.diversity ?? 0 > 0)
    }

    /// Products that all have a colour and a size, with or without the colour in the block.
    private func taggedIndex(colours: Bool) throws -> Index {
        let sizes = ["L", "M", "S"]
        let colour = AttributeSpace.Attribute(name: "colour", categories: [.value("Blue"), .value("Red")])
        let size = AttributeSpace.Attribute(name: "size", categories: sizes.map { .value($0) })
        let space = AttributeSpace(attributes: colours ? [colour, size] : [size])
        var builder = IndexBuilder(space: EmbeddingSpace(blocks: [.init(name: .metadata, kind: .oneHot(space))]))
        for number in 0..<24 {
            let columns = colours ? [number / 3 % 2, 2 + number % 3] : [number % 3]
            let codes = try AttributeCodes(columns: columns.map { UInt32($0) }, space: space)
            let values: [String: AttributeValues] = [
                "colour": number / 3 % 2 == 0 ? "Blue" : "Red", "size": AttributeValues([sizes[number % 3]]),
            ]
            try builder.add(
                Product(id: ProductID("\(number + 10)"), attributes: values),
                Embedding([.metadata: .oneHot(codes)])
            )
        }
        return try builder.build()
    }
}
