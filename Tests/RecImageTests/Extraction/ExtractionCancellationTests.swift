import RecCore
import RecImage
import RecTesting
import Testing

@Suite(.timeLimit(.minutes(30))) struct `A cancelled call of an extraction queue` {
    @Test func `leaves the queue at once`() async throws {
        let gated = try GatedQueue(capacity: 3)
        let calls = await gated.calls(0...3)

        calls[2].task.cancel()

        await calls[2].expectCancellation()
        #expect(gated.queue.waiting == 2)
        let late = await gated.call(4)
        gated.extractor.open()
        for call in [calls[0], calls[1], calls[3], late] { try await call.expectFeatures() }
        #expect(gated.extractor.batches == [[0], [1, 3, 4]])
    }

    @Test func `ends at once while its input is worked on, and its result is dropped`() async throws {
        let gated = try GatedQueue()
        let first = await gated.call(0)
        let others = await gated.calls(1...3)
        gated.extractor.open(for: 1)
        await until { gated.extractor.batches.count == 2 }

        others[1].task.cancel()

        await others[1].expectCancellation()
        #expect(gated.extractor.batches == [[0], [1, 2, 3]])
        let late = await gated.call(4)
        gated.extractor.open()
        for call in [first, others[0], others[2], late] { try await call.expectFeatures() }
    }

    @Test func `takes with it what of it still waits`() async throws {
        let gated = try GatedQueue(batch: 2)
        let long = await gated.call(10, 11, 12, 13, 14)
        let other = await gated.call(20, 21)
        gated.extractor.open(for: 1)
        await until { gated.extractor.batches.count == 2 }

        long.task.cancel()

        await long.expectCancellation()
        #expect(gated.queue.waiting == 1)
        gated.extractor.open()
        try await other.expectFeatures()
        #expect(gated.extractor.batches == [[10, 11], [12, 20], [21]])
    }

    @Test func `never comes when its task was cancelled before`() async throws {
        let gated = try GatedQueue()
        let task = Task { [queue = gated.queue] in
            while !Task.isCancelled { await Task.yield() }
            return try await queue.features(of: [1])
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(gated.queue.waiting == 0)
        #expect(gated.extractor.batches.isEmpty)
    }

    @Test(arguments: 1...4)
    func `disturbs none of the others, whenever it is cancelled`(seed: UInt64) async throws {
        let extractor = GatedExtractor()
        let queue = try ExtractionQueue(extractor, threads: 2, capacity: .max, batch: 3)
        var random = SeededGenerator(seed: seed)
        let calls = (0..<400).map { number in
            (
                inputs: Array(number...number + Int.random(in: 0...3, using: &random)),
                yields: Int.random(in: 0...20, using: &random)
            )
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, call) in calls.enumerated() {
                group.addTask {
                    let task = Task { try await queue.features(of: call.inputs) }
                    guard number.isMultiple(of: 2) else {
                        return try GatedQueue.expect(try await task.value, of: call.inputs)
                    }
                    for _ in 0..<call.yields { await Task.yield() }
                    task.cancel()
                    // It may have been answered before.
                    do { try GatedQueue.expect(try await task.value, of: call.inputs) } catch is CancellationError {}
                }
            }
            try await group.waitForAll()
        }
        #expect(queue.waiting == 0)
    }
}
