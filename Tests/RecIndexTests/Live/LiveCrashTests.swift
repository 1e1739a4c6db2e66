import Foundation
import RecCore
import RecIndex
import RecTesting
import Testing

/// A process that changes an index is killed, and everything that it had said to be done must be there.
@Suite struct `Killed writer` {
    /// Of 20 processes each, in a folder that goes on from one to the next.
    @Test(arguments: 0..<10)
    func `every acknowledged call survives a kill at any moment, whole and exact`(round: Int) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            let script = ScriptedChanges(seed: 1)
            var random = SeededGenerator(seed: UInt64(round))
            var expected: [ProductID: EmbeddedProduct] = [:]
            var version: UInt64 = 0
            for life in 0..<20 {
                let writer = try ChildProcess("write", path, "\(round * 20 + life)")
                #expect(writer.line() == "open \(version)")
                // A moment within the first calls as often as one among hundreds.
                let delay = [1000, 5000, 20000].randomElement(using: &random) ?? 0
                usleep(useconds_t(Int.random(in: 0..<delay, using: &random)))
                writer.kill()
                let acknowledged = writer.lines().last.flatMap { UInt64($0) } ?? version
                #expect(writer.wait() == -SIGKILL)

                let reader = try LiveIndexReader(path: path, expecting: script.catalogue.space.blocks)
                let found = reader.snapshot.version
                #expect(found == acknowledged || found == acknowledged + 1, "only the call in progress is open")
                while version < found {
                    version += 1
                    script.advance(&expected, by: version)
                }
                #expect(problems(reader.snapshot, expected).isEmpty, "after call \(found)")
            }
            let index = try LiveIndex(path: path, space: script.catalogue.space)
            #expect(problems(index.snapshot, expected).isEmpty)
            let query = SearchQuery(script.catalogue.queries[0], count: 200)
            let exact = try makeIndex(script.catalogue.space, Array(expected.values))
            #expect(try index.neighbors(query) == exact.neighbors(query))
        }
    }

    /// No room for the log, or room for the log and small segments but not for one segment of everything.
    @Test(arguments: [(3_000, "failed unwritable"), (9_000, "failed to compact")])
    func `a full disk is reported, loses nothing, and is no obstacle once there is room`(
        limit: Int,
        report: String
    ) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            let writer = try ChildProcess("full", path, "\(limit)")
            let lines = writer.lines()
            #expect(writer.wait() == 0)
            #expect(lines.contains(report))
            #expect(!lines.contains("a failed call was seen"))
            let full = try #require(lines.first { $0.hasPrefix("full ") }?.split(separator: " "))
            #expect(full.last == "true")
            let again = try #require(lines.last?.split(separator: " "))
            #expect(again.first == "again" && again.last == "true")
            let version = try #require(UInt64(again[1]))
            #expect(UInt64(full[1]) == version - 50)
            let script = ScriptedChanges(seed: 1)
            let index = try LiveIndex(path: path, space: script.catalogue.space)
            #expect(index.snapshot.version == version)
            #expect(problems(index.snapshot, script.state(after: version)).isEmpty)
        }
    }

    @Test func `a folder that may not be written to is refused by a writer and open to a reader`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            let script = ScriptedChanges(seed: 1)
            do {
                let index = try LiveIndex(path: path, space: script.catalogue.space, options: .small)
                for call in 1...20 as ClosedRange<UInt64> { try index.apply(call, of: script) }
            }
            for name in names(in: path) { _ = unsafe chmod(path + "/" + name, 0o444) }
            _ = unsafe chmod(path, 0o555)
            _ = unsafe chmod(folder, 0o755)
            defer { _ = unsafe chmod(path, 0o755) }
            let before = names(in: path)
            let writer = try ChildProcess("rights", path, "0")
            #expect(writer.lines() == ["unwritable", "read 20 true"])
            #expect(writer.wait() == 0)
            #expect(names(in: path) == before)
        }
    }

    @Test func `a second process cannot change the folder until the first one ends`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            let script = ScriptedChanges(seed: 1)
            let writer = try ChildProcess("write", path, "0")
            _ = writer.line()
            #expect(code { _ = try LiveIndex(path: path, space: script.catalogue.space) } == .inUse)
            writer.kill()
            _ = writer.wait()
            _ = try LiveIndex(path: path, space: script.catalogue.space)
        }
    }

    @Test func `readers in other processes follow a writer through sealings and compactions`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            let script = ScriptedChanges(seed: 1)
            let writer = try ChildProcess("write", path, "1")
            _ = writer.line()
            let reader = try LiveIndexReader(path: path)
            var expected: [ProductID: EmbeddedProduct] = [:]
            var version: UInt64 = 0
            while version < 500 {
                let acknowledged = try #require(writer.line().flatMap { UInt64($0) })
                let old = reader.snapshot
                guard acknowledged % 5 == 0 else { continue }
                try reader.refresh()
                let snapshot = reader.snapshot
                #expect(snapshot.version >= acknowledged)
                #expect(old.count == old.ids.count)
                while version < snapshot.version {
                    version += 1
                    script.advance(&expected, by: version)
                }
                #expect(problems(snapshot, expected).isEmpty, "after call \(version)")
            }
        }
    }
}
