import Foundation
import RecCore
import RecIndex
import RecTesting
import Testing

/// One who changes, many who read.
@Suite struct `Folder of a live index` {
    let script = ScriptedChanges(seed: 3)
    var space: EmbeddingSpace { script.catalogue.space }

    @Test(arguments: [LiveIndex.Durability.everyCall, .onFlush])
    func `what was changed is there when the folder is opened again`(durability: LiveIndex.Durability) throws {
        try withTemporaryFolder { folder in
            var options = LiveIndex.Options.small
            options.durability = durability
            for call in 1...30 as ClosedRange<UInt64> {
                let index = try LiveIndex(path: folder + "/live", space: space, options: options)
                #expect(index.snapshot.version == call - 1)
                try index.apply(call, of: script)
                try index.flush()
            }
            let index = try LiveIndex(path: folder + "/live", space: space)
            #expect(problems(index.snapshot, script.state(after: 30)).isEmpty)
        }
    }

    @Test func `two values cannot change one folder`() throws {
        try withTemporaryFolder { folder in
            let first = try LiveIndex(path: folder + "/live", space: space)
            #expect(code { _ = try LiveIndex(path: folder + "/live", space: space) } == .inUse)
            try first.apply(1, of: script)
            #expect(first.count == 5 || first.count == 4 || first.count == 3)
        }
    }

    @Test func `embeddings of another recipe are refused when the folder is opened`() throws {
        try withTemporaryFolder { folder in
            _ = try LiveIndex(path: folder + "/live", space: space)
            let other = RandomCatalogue(count: 0, dimension: 9, seed: 4).space
            let error = #expect(throws: RecError.self) { try LiveIndex(path: folder + "/live", space: other) }
            #expect(error?.code == .recipeMismatch)
            #expect(error?.message.contains("seed: 3 is not 4") == true)
            let reading = #expect(throws: RecError.self) {
                try LiveIndexReader(path: folder + "/live", expecting: other.blocks)
            }
            #expect(reading?.code == .recipeMismatch)
            let before = names(in: folder + "/live")
            let opening = code { _ = try LiveIndex(path: folder + "/live", expecting: other.blocks) }
            #expect(opening == .recipeMismatch)
            #expect(names(in: folder + "/live") == before)
            #expect(try LiveIndex(path: folder + "/live", expecting: space.blocks).space == space)
            let fewer = EmbeddingSpace(blocks: [space.blocks[0]])
            #expect(code { _ = try LiveIndex(path: folder + "/live", space: fewer) } == .recipeMismatch)
        }
    }

    @Test func `a reader shows the last refresh and keeps files that were compacted away`() throws {
        try withTemporaryFolder { folder in
            let index = try LiveIndex(path: folder + "/live", space: space, options: .large)
            for call in 1...5 as ClosedRange<UInt64> { try index.apply(call, of: script) }
            try index.compact()
            let reader = try LiveIndexReader(path: folder + "/live", expecting: space.blocks)
            let old = segments(in: folder + "/live")
            for call in 6...10 as ClosedRange<UInt64> { try index.apply(call, of: script) }
            try index.compact()
            #expect(segments(in: folder + "/live") != old)
            #expect(problems(reader.snapshot, script.state(after: 5)).isEmpty)
            let query = SearchQuery(script.catalogue.queries[0])
            #expect(try reader.neighbors(query).isEmpty == false)
            #expect(try reader.refresh())
            #expect(problems(reader.snapshot, script.state(after: 10)).isEmpty)
            #expect(try reader.refresh() == false)
            try index.apply(11, of: script)
            #expect(try reader.refresh())
            #expect(problems(reader.snapshot, script.state(after: 11)).isEmpty)
            #expect(try reader.neighbors(query) == index.neighbors(query))
        }
    }

    @Test func `a reader follows a log whose end was cut off and written anew`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            let log = path + "/log-1"
            do { try LiveIndex(path: path, space: space).apply(1, of: script) }
            let (one, commit) = (try bytes(of: log), try bytes(of: path + "/commit"))
            do { try LiveIndex(path: path, space: space).apply(2, of: script) }
            let reader = try LiveIndexReader(path: path)
            #expect(reader.snapshot.version == 2)
            // As if the disk had failed after the second record was written and before it was acknowledged.
            try write(one, to: log)
            try write(commit, to: path + "/commit")
            #expect(try reader.refresh())
            #expect(problems(reader.snapshot, script.state(after: 1)).isEmpty)
            do { try LiveIndex(path: path, space: space).remove([try #require(reader.snapshot.ids.first)]) }
            #expect(try reader.refresh())
            #expect(reader.count == script.state(after: 1).count - 1)
        }
    }

    @Test(arguments: [1, 4, 8] as [UInt64])
    func `a commit file that says less than the log has, as after a power failure, is no damage`(call: UInt64) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            do {
                let index = try LiveIndex(path: path, space: space, options: .large)
                var commit: [UInt8] = []
                for number in 1...10 as ClosedRange<UInt64> {
                    try index.apply(number, of: script)
                    // The log of the first calls is gone in the end.
                    if number == 5 { try index.compact() }
                    if number == call { commit = try bytes(of: path + "/commit") }
                }
                try write(commit, to: path + "/commit")
            }
            #expect(problems(try LiveIndexReader(path: path).snapshot, script.state(after: 10)).isEmpty)
            for number in 11...12 as ClosedRange<UInt64> {
                try LiveIndex(path: path, space: space).apply(number, of: script)
            }
            #expect(problems(try LiveIndexReader(path: path).snapshot, script.state(after: 12)).isEmpty)
        }
    }

    @Test func `the folder's log goes when its changes are in a segment`() throws {
        try withTemporaryFolder { folder in
            let index = try LiveIndex(path: folder + "/live", space: space, options: .large)
            for call in 1...5 as ClosedRange<UInt64> { try index.apply(call, of: script) }
            #expect(names(in: folder + "/live") == ["commit", "lock", "log-1", "manifest"])
            try index.compact()
            #expect(names(in: folder + "/live") == ["commit", "lock", "log-2", "manifest", "segment-1.index"])
            try index.compact()
            #expect(names(in: folder + "/live") == ["commit", "lock", "log-2", "manifest", "segment-1.index"])
        }
    }

    @Test func `a sealing that failed is tried again by itself, and is an error until it succeeds`() async throws {
        let folder = try makeTemporaryFolder()
        defer { removeFolder(folder) }
        let path = folder + "/live"
        var options = LiveIndex.Options.small
        options.maximumDeadShare = 1
        let index = try LiveIndex(path: path, space: space, options: options, pause: .milliseconds(100))
        // Folders where the files should go: whatever number is tried, no segment can be written.
        let obstacles = (1...5000).map { "\(path)/segment-\($0).index" }
        for obstacle in obstacles {
            try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: false)
        }
        var version: UInt64 = 0
        while index.status.logSize <= options.memoryLimit {
            version += 1
            try index.apply(version, of: script)
        }
        func isTrue(_ condition: (LiveIndex.Status) -> Bool) async throws -> Bool {
            for _ in 0..<2000 {
                if condition(index.status) { return true }
                try await Task.sleep(for: .milliseconds(5))
            }
            return false
        }
        #expect(try await isTrue { $0.maintenanceError?.code == .unwritable })
        #expect(index.status.segmentCount == 0)
        #expect(problems(index.snapshot, script.state(after: version)).isEmpty)
        for obstacle in obstacles.reversed() { try FileManager.default.removeItem(atPath: obstacle) }
        // No change comes, and it is made good all the same.
        #expect(try await isTrue { $0.maintenanceError == nil && $0.memoryCount == 0 && $0.segmentCount == 1 })
        #expect(problems(index.snapshot, script.state(after: version)).isEmpty)
    }
}
