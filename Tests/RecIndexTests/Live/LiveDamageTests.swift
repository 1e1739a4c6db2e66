import Foundation
import RecCore
import RecFiles
import RecIndex
import RecTesting
import Testing

/// Cuts and changed bytes anywhere in a folder: the right products or a typed error.
@Suite struct `Damaged live index` {
    let script = ScriptedChanges(count: 20, dimension: 4, batchSize: 3, seed: 2)

    @Test func `a cut at any place of any file is reported, or cut off what counts for nothing`() throws {
        try withFolder { folder, expected in
            for name in names(in: folder) where name != "lock" {
                let whole = try bytes(of: folder + "/" + name)
                for count in stride(from: 0, to: whole.count, by: max(1, whole.count / 150)) {
                    try write(Array(whole[..<count]), to: folder + "/" + name)
                    let found = outcome(folder, expected)
                    // Half of the commit file says as much as all of it.
                    let isHarmless = name == "commit" && count >= 64
                    #expect(isHarmless ? found == nil : found != nil, "\(name) cut to \(count) of \(whole.count)")
                }
                try write(whole, to: folder + "/" + name)
            }
            #expect(outcome(folder, expected) == nil)
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `a changed byte at any place of any file is reported, or changes nothing`(seed: UInt64) throws {
        try withFolder { folder, expected in
            var random = SeededGenerator(seed: seed)
            for name in names(in: folder) where name != "lock" {
                let whole = try bytes(of: folder + "/" + name)
                for _ in 0..<150 {
                    var damaged = whole
                    let position = Int.random(in: 0..<whole.count, using: &random)
                    damaged[position] ^= UInt8.random(in: 1...255, using: &random)
                    try write(damaged, to: folder + "/" + name)
                    let found = outcome(folder, expected)
                    #expect(found != nil || name == "commit", "\(name), byte \(position) of \(whole.count)")
                }
                try write(whole, to: folder + "/" + name)
            }
        }
    }

    @Test func `a missing file is reported by name`() throws {
        try withFolder { folder, expected in
            for name in names(in: folder) where name != "lock" {
                let whole = try bytes(of: folder + "/" + name)
                try FileManager.default.removeItem(atPath: folder + "/" + name)
                let found = outcome(folder, expected)
                #expect(found != nil, "\(name)")
                if name != "manifest" { #expect(found == .fileNotFound, "\(name)") }
                try write(whole, to: folder + "/" + name)
            }
        }
    }

    @Test func `what follows the last acknowledged record is an unfinished write and goes`() throws {
        try withFolder { folder, expected in
            let log = try #require(names(in: folder).last { $0.hasPrefix("log-") })
            let whole = try bytes(of: folder + "/" + log)
            let record = whole.dropFirst(32)
            for tail in [[0], [UInt8](repeating: 0, count: 100), Array(record.prefix(40)), Array(record)] {
                try write(whole + tail, to: folder + "/" + log)
                #expect(outcome(folder, expected) == nil)
                do {
                    let index = try LiveIndex(path: folder, space: script.catalogue.space, options: .large)
                    #expect(problems(index.snapshot, expected).isEmpty)
                }
                #expect(try bytes(of: folder + "/" + log) == whole)
            }
        }
    }

    @Test func `a record of wrong values with a right checksum is reported`() throws {
        try withFolder { folder, expected in
            let log = try #require(names(in: folder).last { $0.hasPrefix("log-") })
            let whole = try bytes(of: folder + "/" + log)
            var random = SeededGenerator(seed: 5)
            for _ in 0..<300 {
                var damaged = whole
                // The first record's payload begins behind the log's header and the record's frame.
                damaged[56 + Int.random(in: 0..<120, using: &random)] =
                    [0, 1, 2, 0x7F, 0xFF].randomElement(using: &random) ?? 0
                try write(withRightChecksum(damaged), to: folder + "/" + log)
                // Another letter of a title is no damage; it must only never stop the process.
                guard let index = try? LiveIndexReader(path: folder) else { continue }
                #expect(index.snapshot.ids.count == index.count)
                #expect(try index.neighbors(SearchQuery(script.catalogue.queries[0])).count <= index.count)
            }
        }
    }

    @Test func `files that were being written when a process ended are removed by the next writer`() throws {
        try withFolder { folder, expected in
            let before = names(in: folder)
            let segment = try #require(segments(in: folder).first)
            for name in [".rec-abc.tmp", "segment-999.index", "log-0"] {
                try write(try bytes(of: folder + "/" + segment), to: folder + "/" + name)
            }
            try write([1], to: folder + "/notes.txt")
            #expect(outcome(folder, expected) == nil)
            _ = try LiveIndex(path: folder, space: script.catalogue.space, options: .large)
            #expect(names(in: folder) == (before + ["notes.txt"]).sorted())
        }
    }

    @Test func `a folder of something else is refused and left as it is`() throws {
        try withTemporaryFolder { folder in
            let space = script.catalogue.space
            try write([1], to: folder + "/photo.jpg")
            #expect(code { _ = try LiveIndex(path: folder, space: space) } == .foreignFile)
            #expect(code { _ = try LiveIndexReader(path: folder) } == .fileNotFound)
            #expect(code { _ = try LiveIndexReader(path: folder + "/none") } == .fileNotFound)
            #expect(code { _ = try LiveIndex(path: folder + "/photo.jpg", space: space) } == .unwritable)
            #expect(code { _ = try LiveIndex(path: folder + "/none/live", space: space) } == .unwritable)
            #expect(names(in: folder) == ["photo.jpg"])
        }
    }

    @Test func `a manifest of a newer version is told apart`() throws {
        try withFolder { folder, expected in
            var manifest = try bytes(of: folder + "/manifest")
            manifest[8] = 200
            try write(manifest, to: folder + "/manifest")
            #expect(outcome(folder, expected) == .unsupportedVersion)
        }
    }

    /// A folder with a segment, of whose products some no longer count, and a log with several records.
    private func withFolder(_ body: (String, [ProductID: EmbeddedProduct]) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            do {
                var options = LiveIndex.Options.large
                options.maximumDeadShare = 1
                let index = try LiveIndex(path: path, space: script.catalogue.space, options: options)
                for call in 1...6 as ClosedRange<UInt64> { try index.apply(call, of: script) }
                try index.compact()
                for call in 7...10 as ClosedRange<UInt64> { try index.apply(call, of: script) }
            }
            try body(path, script.state(after: 10))
        }
    }

    /// The error of opening the folder; `nil` when it opens with the right products.
    private func outcome(_ folder: String, _ expected: [ProductID: EmbeddedProduct]) -> RecError.Code? {
        code {
            let reader = try LiveIndexReader(path: folder)
            #expect(problems(reader.snapshot, expected).isEmpty)
        }
    }
}

/// Makes the checksum of a log's first record right again.
private func withRightChecksum(_ damaged: [UInt8]) -> [UInt8] {
    var bytes = damaged
    let size = bytes[32..<40].reversed().reduce(0) { $0 << 8 | Int($1) }
    let checksum = CRC32C.of(Array(bytes[32..<48] + bytes[56..<56 + size]))
    for offset in 0..<4 { bytes[48 + offset] = UInt8(truncatingIfNeeded: checksum >> (8 * UInt32(offset))) }
    return bytes
}
