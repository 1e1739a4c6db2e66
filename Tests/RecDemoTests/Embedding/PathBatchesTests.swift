import Foundation
import RecCore
import RecFiles
import RecTesting
import Testing
import rec_demo

@Suite struct `Paths from standard input` {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `are the same however the bytes arrive`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let paths = (0..<50).map { index in
            String(repeating: "é", count: Int.random(in: 0...9, using: &random)) + "\(index)"
        }
        let usesNUL = seed % 2 == 1
        var bytes = Array(paths.joined(separator: usesNUL ? "\0" : "\n").utf8)[...]
        if seed % 3 == 0 { bytes.append(usesNUL ? 0 : 10) }
        var splitter = PathSplitter(usesNUL: usesNUL)
        var found: [String] = []
        while !bytes.isEmpty {
            let piece = bytes.prefix(Int.random(in: 1...40, using: &random))
            bytes = bytes.dropFirst(piece.count)
            splitter.add(Array(piece))
            while let path = try splitter.next() { found.append(path) }
        }
        if let rest = splitter.rest() { found.append(rest) }
        #expect(found == paths)
    }

    @Test func `keep empty lines, carriage returns and bytes that are not UTF-8`() throws {
        var splitter = PathSplitter(usesNUL: false)
        splitter.add(Array("a\r\n\n".utf8) + [0xFF, 0x2E, 0x0A])
        #expect(try splitter.next() == "a\r")
        #expect(try splitter.next() == "")
        #expect(try splitter.next() == PathText.text([0xFF, 0x2E]))
        #expect(try splitter.next() == nil)
        #expect(splitter.rest() == nil)
    }

    @Test func `come as soon as they are there, in batches of what waits`() async throws {
        let pipe = Pipe()
        let batches = PathBatches(stream(pipe), usesNUL: false, size: 3)
        try pipe.fileHandleForWriting.write(contentsOf: Data("1\n2\n3\n4\n5".utf8))
        #expect(try await batches.next() == ["1", "2", "3"])
        // The fifth path has no end yet.
        #expect(try await batches.next() == ["4"])
        try pipe.fileHandleForWriting.write(contentsOf: Data("0\n".utf8))
        #expect(try await batches.next() == ["50"])
        try pipe.fileHandleForWriting.write(contentsOf: Data("6".utf8))
        try pipe.fileHandleForWriting.close()
        #expect(try await batches.next() == ["6"])
        #expect(try await batches.next() == nil)
        #expect(try await batches.next() == nil)
    }

    @Test func `that have no end are refused after those before them`() async throws {
        let pipe = Pipe()
        let writing = Task.detached {
            try pipe.fileHandleForWriting.write(contentsOf: Data("1\n".utf8 + Array(repeating: 65, count: 120_000)))
        }
        let batches = PathBatches(stream(pipe), usesNUL: false, size: 1000)
        var found: [String] = []
        let error = await #expect(throws: RecError.self) {
            while let batch = try await batches.next() { found += batch }
        }
        #expect(error?.code.name == "invalid-query")
        #expect(found == ["1"])
        #expect(try await batches.next() == nil)
        // The rest fits into the pipe.
        _ = try await writing.value
    }

    @Test func `and those of the command line are divided alike`() async throws {
        let batches = PathBatches(["a", "b", "c"], size: 2)
        #expect(try await batches.next() == ["a", "b"])
        #expect(try await batches.next() == ["c"])
        #expect(try await batches.next() == nil)
    }

    private func stream(_ pipe: Pipe) -> ByteStream {
        ByteStream(descriptor: pipe.fileHandleForReading.fileDescriptor, name: "pipe")
    }
}
