import Foundation
import RecFiles
import RecTesting
import Testing

@Suite struct `Names of files as text` {
    @Test(arguments: ["a.jpg", "caf\u{E9}", "cafe\u{301}", "\u{1F45F}", "", "\u{10FFFF}", "\u{10F77F}\u{10F800}"])
    func `are the text itself when they are UTF-8`(name: String) {
        let text = PathText.text(Array(name.utf8))
        #expect(Array(text.utf8) == Array(name.utf8))
        #expect(!PathText.hasBytes(text))
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `never become one when their bytes differ`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet: [UInt8] = [0x61, 0x80, 0xC3, 0xA9, 0xE9, 0xFF, 0xF4, 0x8F, 0x9E, 0x9F, 0xBF]
        var names: [[UInt8]] = []
        for _ in 0..<2000 {
            names.append(
                (0..<Int.random(in: 0...8, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
            )
        }
        let texts = Set(names.map { Array(PathText.text($0).utf8) })
        #expect(texts.count == Set(names).count)
    }

    @Test(
        arguments: [
            [0x63, 0x61, 0x66, 0xE9], [0xFF], [0xF4, 0x8F, 0x9E, 0x80], [0xC3], [0xED, 0xA0, 0x80], [0xE9, 0xC3, 0xA9],
        ] as [[UInt8]]
    )
    func `that are not UTF-8 are listed and opened`(name: [UInt8]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rec-files-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = (Array("\(folder)/".utf8) + name + [0]).map { CChar(bitPattern: $0) }
        let file = unsafe fopen(path, "w")
        // A file system that wants UTF-8 has no such names.
        guard let file = unsafe file else { return }
        unsafe fputs("content", file)
        unsafe fclose(file)
        defer { unsafe unlink(path) }
        let listed = try FileSystem.entries(ofFolder: folder)
        #expect(listed.count == 1)
        let found = try #require(listed.first)
        #expect(PathText.hasBytes(found))
        #expect(try FileSystem.contents(ofFile: "\(folder)/\(found)", limit: 100) == Array("content".utf8))
        #expect(try FileStream(path: "\(folder)/\(found)").bytes(at: 3, count: 100) == Array("tent".utf8))
        #expect(try FileIdentity(path: "\(folder)/\(found)").size == 7)
    }
}
