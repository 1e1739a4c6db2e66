import Foundation
import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `A transform that is stored` {
    static let plans: [PostProcessing] = [
        PostProcessing(power: 0.5),
        PostProcessing(projection: .centring),
        PostProcessing(power: 0.3, projection: .principalComponents(dimension: 5, exponent: -0.25)),
    ]

    @Test(arguments: plans)
    func `is read back as it was`(plan: PostProcessing) throws {
        let transform = try plan.fit(
            to: randomVectors(30, dimension: 11, seed: 1, recipe: ["backbone": "Größe", "": ""])
        )
        let again = try EmbeddingTransform(text: transform.text)
        #expect(again == transform)
        #expect(again.recipe == transform.recipe)
        #expect(try EmbeddingTransform(bytes: transform.bytes) == transform)
        #expect(Data(transform.bytes).base64EncodedString() == transform.text)
    }

    @Test func `is refused when a byte was changed or is missing`() throws {
        let bytes = try Self.plans[2].fit(to: randomVectors(30, dimension: 6, seed: 2)).bytes
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 0x10
            #expect(throws: RecCoreError.self) { try EmbeddingTransform(bytes: changed) }
            #expect(throws: RecCoreError.self) { try EmbeddingTransform(bytes: Array(bytes[..<position])) }
        }
        #expect(throws: RecCoreError.self) { try EmbeddingTransform(bytes: bytes + [0]) }
    }

    @Test func `is refused when it lies about itself, even with the right checksum`() throws {
        let bytes = try Self.plans[2].fit(to: randomVectors(30, dimension: 6, seed: 3)).bytes
        var random = SeededGenerator(seed: 4)
        var refused = 0
        for _ in 0..<4000 {
            var changed = Array(bytes.dropLast(8))
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let position = Int.random(in: 8..<changed.count, using: &random)
                changed[position] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
            }
            // FNV-1a with 64 bits, as the format describes it.
            var sum: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in changed { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
            changed += (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt64($0))) }
            do {
                let transform = try EmbeddingTransform(bytes: changed)
                let sized = try? DenseVector(
                    normalizing: [Float](repeating: 1, count: min(transform.inputDimension, 64)),
                    recipe: transform.base
                )
                _ = sized.map { try? transform.apply(to: $0) }
            } catch {
                refused += error.code == .invalidTransform ? 1 : 0
            }
        }
        #expect(refused > 500)
    }

    @Test(arguments: ["", "A", "AAA=", "====", "UkVD", "UkVDVFJGMDE=", "ä===", "AB=="])
    func `is refused when the text is none`(text: String) {
        #expect(throws: RecCoreError.self) { try EmbeddingTransform(text: text) }
    }

    @Test func `travels in the notes of an index`() throws {
        let catalogue = RandomCatalogue(count: 60, dimension: 8, seed: 5)
        let sample = catalogue.products.compactMap { item in
            if case .dense(let vector) = item.embedding[.image] { vector } else { nil }
        }
        let transform = try Self.plans[2].fit(to: sample)
        var builder = try ExactIndexBuilder(space: transform.apply(to: catalogue.space))
        for item in catalogue.products {
            let made = try transform.apply(to: item)
            try builder.add(made.product, made.embedding)
        }
        builder.notes["image.transform"] = transform.text
        let index = builder.build()
        let stored = try index.notes["image.transform"].map { try EmbeddingTransform(text: $0) }
        let query = try #require(catalogue.queries.first)
        #expect(throws: RecCoreError.self) { try index.neighbors(SearchQuery(query)) }
        let made = try #require(try stored?.apply(to: query))
        #expect(try index.neighbors(SearchQuery(made, count: 5)).count == 5)
    }
}
