import RecCore
import RecNetwork
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Hostile HDF5 files` {
    /// A file of version 0 whose root group's header has these messages: kind and body.
    private func file(_ messages: [(kind: UInt16, body: [UInt8])]) -> [UInt8] {
        var body: [UInt8] = []
        for message in messages {
            body += little(message.kind) + little(UInt16(message.body.count)) + [0, 0, 0, 0] + message.body
        }
        var header: [UInt8] = [1, 0] + little(UInt16(messages.count)) + little(UInt32(1))
        header += little(UInt32(body.count)) + [0, 0, 0, 0]
        let size = 96 + header.count + body.count
        var bytes: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0]
        bytes += [0, 0, 0, 0] + little(UInt64(0)) + little(UInt64.max) + little(UInt64(size)) + little(UInt64.max)
        bytes += little(UInt64(0)) + little(UInt64(96)) + [UInt8](repeating: 0, count: 24)
        return bytes + header + body
    }

    /// `bytes` with every occurrence of `pattern` replaced by as many other bytes.
    private func replacing(_ pattern: [UInt8], with other: [UInt8], in bytes: [UInt8]) -> (bytes: [UInt8], count: Int) {
        var result = bytes
        var count = 0
        for start in 0...(bytes.count - pattern.count)
        where bytes[start] == pattern[0] && bytes[start..<start + pattern.count].elementsEqual(pattern) {
            result.replaceSubrange(start..<start + other.count, with: other)
            count += 1
        }
        return (result, count)
    }

    @Test func `a header without messages is a file without tensors`() throws {
        #expect(try errorOpening(file([]))?.code == .unsupportedWeights)
    }

    @Test func `a header that continues in itself ends`() throws {
        let again = little(UInt64(96 + 16)) + little(UInt64(24))
        let error = try #require(try errorOpening(file([(0x10, again)])))
        #expect(error.code == .corruptWeights)
        #expect(error.message.contains("circles"))
    }

    @Test func `a tree that is its own child ends`() throws {
        let bytes = WeightFixtures.bytes("many.h5")
        let trees = (0..<bytes.count - 4).filter { bytes[$0..<$0 + 4].elementsEqual("TREE".utf8) }
        let root = try #require(trees.first { bytes[$0 + 5] == 1 }, "a tree of two levels")
        var looped = bytes
        // Signature, type, level, count, two siblings, the first key, then the first child.
        looped.replaceSubrange(root + 32..<root + 40, with: little(UInt64(root)))
        #expect(try errorOpening(looped)?.code == .corruptWeights)
    }

    @Test func `a tree whose branches are all the same ends`() throws {
        var bytes = WeightFixtures.bytes("many.h5")
        let leaf = try #require((0..<bytes.count).first { bytes[$0...].starts(with: "SNOD".utf8) })
        for tree in (0..<bytes.count - 4) where bytes[tree..<tree + 4].elementsEqual("TREE".utf8) {
            guard bytes[tree + 5] == 0 else { continue }
            for child in 0..<Int(bytes[tree + 6]) {
                let position = tree + 32 + child * 16
                bytes.replaceSubrange(position..<position + 8, with: little(UInt64(leaf)))
            }
        }
        #expect(try errorOpening(bytes)?.code == .corruptWeights)
    }

    @Test(arguments: [1 << 20, 1 << 40, Int.max])
    func `a compressed data set that claims to be huge is refused`(rows: Int) throws {
        let bytes = WeightFixtures.bytes("chunked.h5")
        let shape = little(UInt64(40)) + little(UInt64(30))
        let (bomb, count) = replacing(shape, with: little(UInt64(rows)) + little(UInt64(30)), in: bytes)
        #expect(count > 0)
        let code = try withFile(bomb) { path in
            do {
                return try WeightFile(path: path).obstacle(to: "zeros")?.code
            } catch let error as RecError {
                return error.code
            }
        }
        #expect(code == .unsupportedWeights || code == .corruptWeights)
    }

    @Test func `a chunk that inflates to more than its size is refused`() throws {
        let bytes = WeightFixtures.bytes("chunked.h5")
        // The size of a chunk is in the layout: 40 x 30 elements of 4 bytes.
        let sizes = [40, 30, 4].flatMap { little(UInt32($0)) }
        let (bomb, count) = replacing(sizes, with: [10, 30, 4].flatMap { little(UInt32($0)) }, in: bytes)
        #expect(count == 1)
        try withFile(bomb) { path in
            let file = try WeightFile(path: path)
            let error = #expect(throws: RecError.self) { try file.floats(of: "zeros") }
            #expect(error?.code == .corruptWeights)
            // The others are as they were.
            #expect(throws: Never.self) { try file.floats(of: "gzip") }
        }
    }

    @Test func `a list of layers that are not there names the layer`() throws {
        let bytes = WeightFixtures.bytes("keras.h5")
        let (renamed, count) = replacing(Array("head_conv".utf8), with: Array("lost_conv".utf8), in: bytes)
        #expect(count > 0)
        // Everything was renamed alike: the file is still right.
        #expect(try errorOpening(renamed) == nil)
        // In the heap of texts, a text follows its length.
        let listed = try #require(
            (8..<bytes.count).first { bytes[$0 - 8] == 9 && bytes[$0...].starts(with: "head_conv".utf8) }
        )
        var inconsistent = bytes
        inconsistent.replaceSubrange(listed..<listed + 4, with: "lost".utf8)
        let error = try #require(try errorOpening(inconsistent))
        #expect(error.code == .corruptWeights)
        #expect(error.message.contains("lost_conv"))
    }
}
