import Foundation
import RecCore
import RecIndex
import RecTesting
import Testing

/// A process that starts again knows the path of its index and nothing else.
@Suite struct `Reopening a live index by its path` {
    let script = ScriptedChanges(seed: 5)
    let notes = ["encoder.missing": "skip", "encoder.unknown": "ä", "": "no name"]

    @Test func `space, notes and products are what they were, also after sealing`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            do {
                let index = try LiveIndex(path: path, space: script.catalogue.space, notes: notes, options: .small)
                #expect(index.notes == notes)
            }
            for call in 1...20 as ClosedRange<UInt64> {
                let index = try LiveIndex(path: path, options: .small)
                #expect(index.space == script.catalogue.space)
                #expect(index.notes == notes)
                try index.apply(call, of: script)
                if call % 8 == 0 { try index.compact() }
                #expect(index.snapshot.notes == notes)
            }
            #expect(problems(try LiveIndex(path: path).snapshot, script.state(after: 20)).isEmpty)
            let reader = try LiveIndexReader(path: path)
            #expect(reader.notes == notes)
            try LiveIndex(path: path).apply(21, of: script)
            try reader.refresh()
            #expect(reader.notes == notes)
            #expect(try Index.open(path: path).notes == notes)
            // A file that the products are written to has the notes as well.
            try reader.snapshot.write(to: folder + "/file")
            #expect(try Index.open(path: folder + "/file").notes == notes)
        }
    }

    @Test func `an index that exists keeps its notes, and one without any has none`() throws {
        try withTemporaryFolder { folder in
            let space = script.catalogue.space
            _ = try LiveIndex(path: folder + "/with", space: space, notes: notes)
            #expect(try LiveIndex(path: folder + "/with", space: space, notes: ["other": "text"]).notes == notes)
            _ = try LiveIndex(path: folder + "/without", space: space)
            #expect(try LiveIndex(path: folder + "/without", space: space, notes: notes).notes == [:])
            #expect(!names(in: folder + "/without").contains("notes"))
        }
    }

    @Test func `no index is made where there is none`() throws {
        try withTemporaryFolder { folder in
            #expect(code { _ = try LiveIndex(path: folder) } == .fileNotFound)
            #expect(code { _ = try LiveIndex(path: folder + "/none") } == .fileNotFound)
            #expect(names(in: folder).isEmpty)
        }
    }

    @Test func `a folder whose making was cut short gets the notes of the next attempt`() throws {
        try withTemporaryFolder { folder in
            let space = script.catalogue.space
            _ = try LiveIndex(path: folder + "/live", space: space, notes: notes)
            try FileManager.default.removeItem(atPath: folder + "/live/manifest")
            #expect(try LiveIndex(path: folder + "/live", space: space, notes: ["a": "b"]).notes == ["a": "b"])
            try FileManager.default.removeItem(atPath: folder + "/live/manifest")
            #expect(try LiveIndex(path: folder + "/live", space: space).notes == [:])
        }
    }

    @Test func `an index for a publication is opened by others only when it is finished`() async throws {
        try await withTemporaryFolder { folder in
            let (path, space) = (folder + "/live", script.catalogue.space)
            do {
                let target = try LiveIndex(publishingTo: path, space: space, notes: notes)
                try target.apply(1, of: script)
                try await target.close()
            }
            for _ in 0..<2 {
                #expect(code { _ = try Index.open(path: path) } == .unfinishedIndex)
                #expect(code { _ = try LiveIndexReader(path: path) } == .unfinishedIndex)
                #expect(code { _ = try LiveIndex(path: path) } == .unfinishedIndex)
                #expect(code { _ = try LiveIndex(path: path, space: space) } == .unfinishedIndex)
                let target = try LiveIndex(publishingTo: path)
                try target.apply(2, of: script)
                try await target.close()
            }
            let target = try LiveIndex(publishingTo: path, space: space)
            try await target.finishPublishing()
            #expect(problems(try Index.open(path: path), script.state(after: 2)).isEmpty)
            try await target.finishPublishing()
            try await target.close()
            #expect(try LiveIndex(path: path).notes == notes)
            #expect(!names(in: path).contains("unfinished"))
        }
    }

    @Test func `a folder for a publication whose making was cut short is free`() throws {
        try withTemporaryFolder { folder in
            let (path, space) = (folder + "/live", script.catalogue.space)
            _ = try LiveIndex(publishingTo: path, space: space)
            try FileManager.default.removeItem(atPath: path + "/manifest")
            _ = try LiveIndex(path: path, space: space)
            #expect(try Index.open(path: path).count == 0)
        }
    }

    @Test func `damaged notes are refused`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            _ = try LiveIndex(path: path, space: script.catalogue.space, notes: notes)
            let whole = try bytes(of: path + "/notes")
            var damaged = (0..<whole.count).map { position in
                var bytes = whole
                bytes[position] ^= 0x10
                return bytes
            }
            damaged += (0..<whole.count).map { Array(whole.prefix($0)) } + [whole + [0]]
            for bytes in damaged {
                try write(bytes, to: path + "/notes")
                let found = code { _ = try LiveIndex(path: path) }
                #expect(found != nil)
                #expect(found == code { _ = try LiveIndexReader(path: path) })
            }
            try write(whole, to: path + "/notes")
            #expect(try LiveIndex(path: path).notes == notes)
        }
    }

    @Test func `notes have the bytes of their description`() throws {
        let golden = try #require(Bundle.module.url(forResource: "Fixtures/Live/notes", withExtension: nil)?.path)
        try withTemporaryFolder { folder in
            _ = try LiveIndex(path: folder + "/live", space: script.catalogue.space, notes: notes)
            #expect(try bytes(of: folder + "/live/notes") == bytes(of: golden))
        }
    }

    @Test(arguments: ["notes", "commit"])
    func `a file of somebody else stays as it is, whatever its name`(name: String) throws {
        try withTemporaryFolder { folder in
            try Data("Call the printer.".utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
            #expect(code { _ = try LiveIndex(path: folder, space: script.catalogue.space) } == .foreignFile)
            #expect(try bytes(of: folder + "/" + name) == Array("Call the printer.".utf8))
            #expect(names(in: folder) == [name])
        }
    }

    @Test(arguments: [-1, 0, 1 << 30, .max])
    func `a space that no file can hold is refused, and leaves nothing behind`(dimension: Int) throws {
        try withTemporaryFolder { folder in
            let block = EmbeddingSpace.Block(name: .image, kind: .dense(dimension: dimension, recipe: ["made": "up"]))
            let path = folder + "/live"
            #expect(code { _ = try LiveIndex(path: path, space: EmbeddingSpace(blocks: [block])) } == .invalidSetting)
            let index = try LiveIndex(path: path, space: script.catalogue.space)
            #expect(index.count == 0)
        }
    }

    @Test func `a path with a NUL byte names no folder`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live\0.index"
            #expect(code { _ = try LiveIndex(path: path, space: script.catalogue.space) } == .unwritable)
            #expect(names(in: folder).isEmpty)
        }
    }

    @Test func `options out of range are refused`() throws {
        try withTemporaryFolder { folder in
            for change in [
                { $0.memoryLimit = 0 }, { $0.memoryLimit = -1 }, { $0.maximumSegmentCount = 0 },
                { $0.maximumDeadShare = -0.1 }, { $0.maximumDeadShare = 1.1 }, { $0.maximumDeadShare = .nan },
            ] as [(inout LiveIndex.Options) -> Void] {
                var options = LiveIndex.Options()
                change(&options)
                let space = script.catalogue.space
                #expect(
                    code { _ = try LiveIndex(path: folder + "/live", space: space, options: options) }
                        == .invalidSetting
                )
            }
            #expect(names(in: folder).isEmpty)
        }
    }
}
