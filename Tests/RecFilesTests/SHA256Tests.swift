import RecCompute
import RecFiles
import RecTesting
import Testing

@Suite struct `SHA-256` {
    private func digest(_ bytes: [UInt8], _ level: ProcessorLevel) -> String {
        var hash = SHA256(level: level)
        hash.update(bytes)
        return hash.hexadecimal
    }

    @Test(arguments: ProcessorLevel.available)
    func `it gives the digests of the standard's examples`(level: ProcessorLevel) throws {
        for example in try SHA256Goldens.published().examples {
            var hash = SHA256(level: level)
            let text = Array(example.text.utf8)
            for _ in 0..<example.count { hash.update(text) }
            #expect(hash.hexadecimal == example.digest, "\(example)")
        }
    }

    @Test(arguments: ProcessorLevel.available)
    func `it gives NIST's digests of short and long messages`(level: ProcessorLevel) throws {
        let goldens = try SHA256Goldens.published()
        #expect(goldens.short.count == 65 && goldens.long.count == 64)
        for golden in goldens.short + goldens.long {
            #expect(digest(Array(golden.message), level) == golden.digest, "\(golden.message.count) bytes")
        }
    }

    @Test(arguments: ProcessorLevel.available)
    func `it passes NIST's Monte Carlo test`(level: ProcessorLevel) throws {
        let golden = try SHA256Goldens.published().monteCarlo
        #expect(golden.digests.count == 100)
        var current = try #require(bytes(hexadecimal: golden.seed))
        // Unoptimised kernels take long; the first digests stand for themselves.
        for expected in golden.digests.prefix(BuildMode.isOptimized ? 100 : 10) {
            var last = [current, current, current]
            for _ in 0..<1000 {
                var hash = SHA256(level: level)
                for digest in last { hash.update(digest) }
                last = [last[1], last[2], hash.digest]
            }
            current = last[2]
            try #require(current == bytes(hexadecimal: expected))
        }
    }

    @Test(arguments: ProcessorLevel.available)
    func `it agrees with hashlib for every length up to 300 bytes, at any alignment`(level: ProcessorLevel) throws {
        let sequence = SHA256Goldens.sequence
        for (count, expected) in try SHA256Goldens.lengths().enumerated() {
            let shifted = [UInt8](repeating: 0xA5, count: count % 17) + sequence[..<count]
            var hash = SHA256(level: level)
            hash.update(unsafe shifted.span.bytes.extracting(droppingFirst: count % 17))
            #expect(hash.hexadecimal == expected, "\(count) bytes")
        }
    }

    @Test(arguments: ProcessorLevel.available)
    func `it may be given its bytes in pieces of any length, none included`(level: ProcessorLevel) throws {
        var random = SeededGenerator(seed: 64)
        let golden = try #require(try SHA256Goldens.published().long.first { $0.message.count == 1_054 })
        let message = Array(golden.message)
        for longest in [1, 2, 63, 64, 65, 127, 128, 129, 500] {
            var hash = SHA256(level: level)
            var start = 0
            while start < message.count {
                let count = min(Int.random(in: 0...longest, using: &random), message.count - start)
                hash.update(Array(message[start..<start + count]))
                start += count
            }
            #expect(hash.hexadecimal == golden.digest, "pieces of up to \(longest) bytes")
        }
    }

    @Test func `a digest may be asked for in between`() throws {
        let expected = try SHA256Goldens.lengths()
        var hash = SHA256()
        for (count, byte) in SHA256Goldens.sequence.enumerated() {
            #expect(hash.hexadecimal == expected[count])
            hash.update([byte])
        }
        #expect(hash.hexadecimal == expected[300])
    }

    @Test func `copies go on independently of each other`() {
        var first = SHA256()
        first.update(Array("ab".utf8))
        var second = first
        first.update(Array("c".utf8))
        second.update(Array("d".utf8))
        #expect(first.hexadecimal == digest(Array("abc".utf8), .scalar))
        #expect(second.hexadecimal == digest(Array("abd".utf8), .scalar))
    }

    @Test(.enabled(if: BuildMode.isOptimized, "unoptimised kernels take long"))
    func `a length of more bits than 32 can count is right`() {
        // The digest of 2^29 + 1 zeros by Python's hashlib.
        var hash = SHA256()
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        for _ in 0..<512 { hash.update(zeros) }
        hash.update([0])
        #expect(hash.hexadecimal == "7c40fe5ce847740d0f0d0cdde3949d6585804cdec3ae61a15b923165699c8137")
    }

    private func bytes(hexadecimal: String) -> [UInt8]? {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        guard digits.count == 64, hexadecimal.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
