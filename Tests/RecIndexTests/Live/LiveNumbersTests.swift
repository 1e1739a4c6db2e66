import Foundation
import RecCore
import RecFiles
import RecIndex
import RecTesting
import Testing

/// Files with right checksums whose numbers are at the ends of what 64 bits hold: a typed error, never a trap.
@Suite struct `Numbers of a live index` {
    private static let extremes: [UInt64] = [.max, .max - 1, 1 << 63, (1 << 63) - 1, (1 << 62) + 1]
    private let script = ScriptedChanges(count: 20, dimension: 4, batchSize: 3, seed: 2)

    @Test(arguments: extremes)
    func `a manifest with an extreme number of a log is reported`(number: UInt64) throws {
        try withFolder { folder in
            try craftManifest(folder, firstGeneration: number)
            let log = try bytes(of: folder + "/log-1")
            try write(header(generation: number, firstVersion: 1) + log[32...], to: folder + "/log-\(number)")
            #expect(refusal(folder) == .corrupt)
        }
    }

    @Test(arguments: extremes)
    func `a manifest with an extreme number of a segment is reported`(number: UInt64) throws {
        try withFolder { folder in
            try craftManifest(folder, nextSegment: number)
            #expect(refusal(folder) == .corrupt)
        }
    }

    @Test(arguments: extremes)
    func `a log that begins with an extreme call is reported`(number: UInt64) throws {
        try withFolder { folder in
            let log = header(generation: 1, firstVersion: number)
            try write(log, to: folder + "/log-1")
            try craftCommit(folder, [number - 1, 1, 32])
            #expect(refusal(folder) == .corrupt)
        }
    }

    @Test(arguments: extremes, 0..<3)
    func `a commit file with an extreme number is reported`(number: UInt64, place: Int) throws {
        try withFolder { folder in
            var numbers: [UInt64] = [3, 1, 32]
            numbers[place] = number
            try craftCommit(folder, numbers)
            #expect(refusal(folder) == .corrupt)
        }
    }

    @Test(arguments: extremes, [32, 40])
    func `a record with an extreme size or number is reported`(number: UInt64, offset: Int) throws {
        try withFolder { folder in
            var log = try bytes(of: folder + "/log-1")
            for place in 0..<8 { log[offset + place] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(place))) }
            try write(log, to: folder + "/log-1")
            #expect(refusal(folder) == (offset == 32 ? .truncated : .corrupt))
        }
    }

    @Test func `an index goes on counting from the greatest numbers that are accepted`() throws {
        let greatest: UInt64 = 1 << 62
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            _ = try LiveIndex(path: path, space: script.catalogue.space)
            try FileManager.default.removeItem(atPath: path + "/log-1")
            try write(header(generation: greatest - 2, firstVersion: greatest - 3), to: path + "/log-\(greatest - 2)")
            try craftManifest(path, firstGeneration: greatest - 2, nextSegment: greatest - 2)
            try craftCommit(path, [greatest - 4, greatest - 2, 32])
            do {
                let index = try LiveIndex(path: path, space: script.catalogue.space)
                try index.upsert(script.catalogue.products.prefix(3))
                try index.compact()
                #expect(index.status.version == greatest - 3)
            }
            #expect(try LiveIndexReader(path: path).count == 3)
        }
    }

    /// A folder whose three calls are in its first log.
    private func withFolder(_ body: (String) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/live"
            do {
                let index = try LiveIndex(path: path, space: script.catalogue.space, options: .large)
                for call in 1...3 as ClosedRange<UInt64> { try index.apply(call, of: script) }
            }
            #expect(refusal(path) == nil)
            try body(path)
        }
    }

    /// The error of a reader, which a writer must have as well.
    private func refusal(_ folder: String) -> RecError.Code? {
        let refusal = code { _ = try LiveIndexReader(path: folder) }
        #expect(code { _ = try LiveIndex(path: folder, space: script.catalogue.space, options: .large) } == refusal)
        return refusal
    }

    private func header(generation: UInt64, firstVersion: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(contentsOf: [0x89] + Array("RECLOG\n".utf8))
        writer.write(generation)
        writer.write(firstVersion)
        writer.write(CRC32C.of(writer.bytes))
        writer.write(0 as UInt32)
        return writer.bytes
    }

    /// Replaces numbers of a manifest without segments, whose payload ends with them and the count of segments.
    private func craftManifest(_ folder: String, firstGeneration: UInt64 = 1, nextSegment: UInt64 = 1) throws {
        let whole = try bytes(of: folder + "/manifest")
        var payload = ByteWriter()
        payload.write(contentsOf: Array(whole[24..<whole.count - 20]))
        payload.write(firstGeneration)
        payload.write(nextSegment)
        payload.write(0 as UInt32)
        var writer = ByteWriter()
        writer.write(contentsOf: Array(whole[..<12]))
        writer.write(CRC32C.of(payload.bytes))
        writer.write(UInt64(payload.bytes.count))
        try write(writer.bytes + payload.bytes, to: folder + "/manifest")
    }

    /// Writes both slots of a commit file with version, generation and length.
    private func craftCommit(_ folder: String, _ numbers: [UInt64]) throws {
        var writer = ByteWriter()
        writer.write(contentsOf: [0x89] + Array("RECCMT\n".utf8))
        writer.write(contentsOf: numbers)
        writer.write(CRC32C.of(writer.bytes))
        writer.pad(to: 64)
        try write(writer.bytes + writer.bytes, to: folder + "/commit")
    }
}
