import RecCompute
import RecFiles
import RecTesting
import Testing

@Suite struct `CRC-32C` {
    // RFC 3720, appendix B.4, and the check value of the CRC catalogue.
    static let published: [(bytes: [UInt8], checksum: UInt32)] = [
        (Array("123456789".utf8), 0xE306_9283),
        ([], 0),
        ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
        ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
        ([UInt8](0..<32), 0x46DD_794E),
        ([UInt8]((0..<32).reversed()), 0x113F_DB5C),
    ]

    @Test(arguments: published)
    func `it gives the published values`(bytes: [UInt8], checksum: UInt32) {
        #expect(CRC32C.of(bytes) == checksum)
        for level in ProcessorLevel.available { #expect(CRC32C.of(bytes, level: level) == checksum, "\(level)") }
    }

    @Test(arguments: [1, 3, 7, 8, 9, 15, 16, 17, 63, 64, 65, 1000, 12_287, 12_288, 12_289, 30_000])
    func `all levels agree at any length and alignment, whole or in parts`(count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        let bytes = (0..<count + 8).map { _ in UInt8.random(in: 0...255, using: &random) }
        for start in 0..<8 {
            let part = Array(bytes[start..<start + count])
            let expected = CRC32C.of(part, level: .scalar)
            for level in ProcessorLevel.available { #expect(CRC32C.of(part, level: level) == expected, "\(level)") }
            let cut = Int.random(in: 0...count, using: &random)
            var checksum = CRC32C()
            checksum.update(Array(part[..<cut]))
            checksum.update(Array(part[cut...]))
            #expect(checksum.value == expected)
        }
    }
}
