import Foundation
import RecCompute
import RecCore
import RecImage
import RecNetwork
import Testing

@Suite struct `Deferred pictures` {
    struct Unreachable: Error {}

    private func bytes() throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(filePath: TinyExtractor.fixture("Pictures/baseline-420.jpg"))))
    }

    @Test func `bytes that are fetched give the vector of the file`() async throws {
        let extractor = try TinyExtractor.make()
        let file = PictureSource.file(try TinyExtractor.fixture("Pictures/baseline-420.jpg"))
        let bytes = try bytes()

        let fetched = PictureSource.deferred {
            await Task.yield()
            return bytes
        }

        #expect(try await extractor.features(of: fetched) == extractor.features(of: file))
        let queue = try ExtractionQueue(extractor, threads: 1)
        #expect(try await queue.features(of: queue.load(fetched)) == extractor.features(of: file))
    }

    @Test func `one that cannot be fetched does not disturb the others`() async throws {
        let extractor = try TinyExtractor.make()
        let bytes = try bytes()
        let pictures: [PictureSource] = [
            .deferred { bytes }, .deferred { throw Unreachable() }, .deferred(name: "key 3") { [1, 2, 3] },
            .data(bytes),
        ]

        let results = try await extractor.features(of: pictures)

        #expect(throws: Unreachable.self) { try results[1].get() }
        let error = #expect(throws: RecError.self) { try results[2].get() }
        #expect(error?.code == .unknownPictureFormat && error?.path == "key 3")
        #expect(try results[0].get() == results[3].get())
    }

    @Test func `many of them are fetched a run of the network at a time`() async throws {
        let extractor = try TinyExtractor.make()
        let bytes = try bytes()
        let underWay = LockedValue((now: 0, most: 0))
        let pictures = (0..<64).map { _ in
            PictureSource.deferred {
                underWay.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                await Task.yield()
                underWay.withLock { $0.now -= 1 }
                return bytes
            }
        }

        let results = try await extractor.features(of: pictures)

        #expect(try results.allSatisfy { try $0.get() == results[0].get() })
        #expect(underWay.withLock { $0.most } <= ExecutionSettings.throughput.batch)
    }
}
