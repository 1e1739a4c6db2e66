import Foundation
import RecCore
import RecTesting
import Testing

@Suite struct `A transform that is stored` {
    static let transforms = [
        madeTransform(of: 11, power: 0.5, centres: false, seed: 1, base: ["backbone": "Größe", "": ""]),
        madeTransform(of: 11, seed: 2),
        madeTransform(of: 11, to: 5, power: 0.3, seed: 3),
    ]

    @Test(arguments: transforms)
    func `is read back as it was`(transform: EmbeddingTransform) throws {
        let again = try EmbeddingTransform(text: transform.text)
        #expect(again == transform)
        #expect(again.recipe == transform.recipe)
        #expect(try EmbeddingTransform(bytes: transform.bytes) == transform)
        #expect(Data(transform.bytes).base64EncodedString() == transform.text)
    }

    @Test func `is refused when a byte was changed or is missing`() {
        let bytes = madeTransform(of: 6, to: 5, power: 0.3, seed: 4).bytes
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 0x10
            #expect(throws: RecError.self) { try EmbeddingTransform(bytes: changed) }
            #expect(throws: RecError.self) { try EmbeddingTransform(bytes: Array(bytes[..<position])) }
        }
        #expect(throws: RecError.self) { try EmbeddingTransform(bytes: bytes + [0]) }
    }

    @Test func `is refused when it lies about itself, even with the right checksum`() throws {
        let bytes = madeTransform(of: 6, to: 5, power: 0.3, seed: 5).bytes
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
        #expect(throws: RecError.self) { try EmbeddingTransform(text: text) }
    }
}
