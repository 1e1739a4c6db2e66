import RecCore
import RecImage
import RecTesting
import Testing

@Suite(.timeLimit(.minutes(30))) struct `An extraction queue` {
    @Test func `extracts together what waits together`() async throws {
        let gated = try GatedQueue(threads: 1, batch: 4)
        let calls = await gated.calls(0...6)
        gated.extractor.open()
        for call in calls { try await call.expectFeatures() }
        #expect(gated.extractor.batches == [[0], [1, 2, 3, 4], [5, 6]])
    }

    @Test func `divides what waits among its threads`() async throws {
        let gated = try GatedQueue(threads: 2, batch: 4)
        let calls = await gated.calls(0...7)
        #expect(Set(gated.extractor.batches) == [[0], [1]])
        gated.extractor.open(for: 1)
        await until { gated.extractor.batches.count == 3 }
        #expect(gated.extractor.batches.last == [2, 3, 4])
        gated.extractor.open()
        for call in calls { try await call.expectFeatures() }
    }

    @Test func `lets calls take turns, so that a long one holds nobody up`() async throws {
        let gated = try GatedQueue(threads: 1, batch: 3)
        let calls = [
            await gated.call(0), await gated.call(10, 11, 12, 13), await gated.call(20), await gated.call(30, 31),
        ]
        gated.extractor.open()
        for call in calls { try await call.expectFeatures() }
        #expect(gated.extractor.batches == [[0], [10, 20, 30], [11, 31, 12], [13]])
    }

    /// 30,000 results take minutes when each is stored in a copy of those before it.
    @Test func `takes time in proportion to the inputs of a call`() async throws {
        let inputs = Array(0..<30_000)
        let queue = try ExtractionQueue(GatedExtractor(), threads: 2, capacity: inputs.count, batch: 1000)
        #expect(try await queue.features(of: inputs).count == inputs.count)
    }

    @Test(arguments: [(1, 1), (1, 4), (2, 3), (5, 8)])
    func `gives every caller the results of its own inputs, failures too`(threads: Int, batch: Int) async throws {
        let extractor = GatedExtractor()
        let queue = try ExtractionQueue(extractor, threads: threads, capacity: 1000, batch: batch)
        var random = SeededGenerator(seed: UInt64(threads))
        let inputs = (0..<200).map { _ in
            (0..<Int.random(in: 1...5, using: &random)).map { _ in Int.random(in: -50...200, using: &random) }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for call in inputs { group.addTask { try GatedQueue.expect(try await queue.features(of: call), of: call) } }
            try await group.waitForAll()
        }
        #expect(extractor.batches.allSatisfy { (1...batch).contains($0.count) })
        #expect(extractor.batches.joined().sorted() == inputs.joined().sorted())
    }

    @Test func `refuses at once what there is no room for`() async throws {
        let gated = try GatedQueue(threads: 1, capacity: 5)
        var calls = [await gated.call(0), await gated.call(1, 2, 3)]

        let error = await #expect(throws: RecError.self) { try await gated.queue.features(of: [4, 5, 6]) }

        #expect(error?.code == .queueFull)
        #expect(error?.kind == .busy)
        calls.append(await gated.call(7, 8))
        await #expect(throws: RecError.self) { try await gated.queue.features(of: 9) }
        gated.extractor.open()
        for call in calls { try await call.expectFeatures() }
        #expect(gated.extractor.batches.joined().sorted() == [0, 1, 2, 3, 7, 8])
        #expect(try await gated.queue.features(of: 9) == GatedExtractor.vector(9))
    }

    @Test func `keeps its bound with many callers`() async throws {
        let gated = try GatedQueue(threads: 2, capacity: 5)
        let answers = await withTaskGroup(of: Result<DenseVector, any Error>.self) { group in
            for number in 0..<100 {
                group.addTask {
                    do { return .success(try await gated.queue.features(of: number)) } catch { return .failure(error) }
                }
            }
            var answers: [Result<DenseVector, any Error>] = []
            while let answer = await group.next() {
                answers.append(answer)
                // Two under way and five that wait are answered when all others were refused.
                if answers.count == 93 { gated.extractor.open() }
            }
            return answers
        }
        let refusals = answers.compactMap { answer -> RecError? in
            if case .failure(let error as RecError) = answer { error } else { nil }
        }
        #expect(refusals.count == 93)
        #expect(refusals.allSatisfy { $0.code == .queueFull })
        #expect(answers.filter { (try? $0.get()) != nil }.count == 7)
        #expect(gated.queue.waiting == 0)
    }

    @Test func `says so when a call can never have room`() async throws {
        let queue = try ExtractionQueue(GatedExtractor(), threads: 1, capacity: 5)
        let error = await #expect(throws: RecError.self) { try await queue.features(of: Array(0...5)) }
        #expect(error?.code == .invalidQuery)
        #expect(error?.message.contains("6 inputs") == true)
    }

    @Test(arguments: [(0, 1, 1), (257, 1, 1), (Int.max, 1, 1), (1, 0, 1), (1, -1, 1), (1, 1, 0), (1, 1, -5)])
    func `refuses settings out of their range`(threads: Int, capacity: Int, batch: Int) {
        let error = #expect(throws: RecError.self) {
            try ExtractionQueue(GatedExtractor(), threads: threads, capacity: capacity, batch: batch)
        }
        #expect(error?.code == .invalidSetting)
    }

    @Test func `answers every input when the extractor breaks its word`() async throws {
        let queue = try ExtractionQueue(CarelessExtractor(), threads: 1)
        let thrown = try await queue.features(of: [CarelessExtractor.Word.thrown, .thrown])
        #expect(thrown.count == 2)
        for result in thrown { #expect(throws: CarelessExtractor.Breach.self) { try result.get() } }
        let short = try await queue.features(of: [CarelessExtractor.Word.short])
        #expect(throws: RecError.self) { try #require(short.first).get() }
        #expect(try await queue.features(of: .kept) == GatedExtractor.vector(1))
    }

    /// An extractor that throws, or gives too few results, when told.
    private struct CarelessExtractor: FeatureExtractor {
        enum Word { case kept, thrown, short }
        struct Breach: Error {}

        let recipe: Recipe = ["backbone": "gated"]
        let dimension = 2

        func features(of inputs: [Word]) async throws -> [Result<DenseVector, any Error>] {
            if inputs.contains(.thrown) { throw Breach() }
            return inputs.contains(.short) ? [] : inputs.map { _ in .success(GatedExtractor.vector(1)) }
        }
    }

    @Test(arguments: [(1, 1), (2, 2), (3, 64)])
    func `keeps what a feature extractor has to keep`(threads: Int, batch: Int) async throws {
        try await FeatureExtractorConformance.check(
            ExtractionQueue(TinyExtractor.make("model.safetensors"), threads: threads, batch: batch),
            inputs: ["baseline-420", "cmyk", "odd-53x80"].map {
                .file(try TinyExtractor.fixture("Pictures/\($0).jpg"))
            },
            broken: .file("no-such.jpg")
        )
    }
}
