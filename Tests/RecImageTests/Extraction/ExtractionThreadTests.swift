import Dispatch
import Foundation
import RecCompute
import RecCore
import RecImage
import RecTesting
import Testing

@Suite(.timeLimit(.minutes(30))) struct `The threads of an extraction queue` {
    @Test func `leave the caller's actor free`() async throws {
        let call = try await CallingActor().call { actor in
            try await ExtractionQueue(AskingExtractor(actor: actor), threads: 1).features(of: 7)
        }
        #expect(call.value == GatedExtractor.vector(7))
        #expect(call.leftActorFree && call.answers == 1)
    }

    /// An extractor that asks the actor of its caller.
    private struct AskingExtractor: FeatureExtractor {
        let actor: CallingActor
        let recipe: Recipe = ["backbone": "gated"]
        let dimension = 2

        func features(of inputs: [Int]) async throws -> [Result<DenseVector, any Error>] {
            actor.ask()
            return inputs.map { .success(GatedExtractor.vector($0)) }
        }
    }

    @Test func `leave the cooperative pool free`() async throws {
        let threads = ProcessInfo.processInfo.activeProcessorCount + 2
        let extractor = BlockingExtractor()
        let queue = try ExtractionQueue(extractor, threads: threads)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<threads {
                group.addTask {
                    let features = try await queue.features(of: number)
                    #expect(features == GatedExtractor.vector(number))
                }
            }
            // This goes on only where the pool has a thread left.
            await until { extractor.begun == threads }
            extractor.end(threads)
            try await group.waitForAll()
        }
    }

    @Test func `work for a caller that holds nothing of the queue`() async throws {
        let extractor = BlockingExtractor()
        let task = try Self.call(ExtractionQueue(extractor, threads: 1))
        await until { extractor.begun == 1 }
        extractor.end(1)
        #expect(try await task.value == GatedExtractor.vector(3))
    }

    private static func call(_ queue: ExtractionQueue<BlockingExtractor>) -> Task<DenseVector, any Error> {
        Task { try await queue.features(of: 3) }
    }

    @Test func `end with the queue, also when the last call was cancelled`() async throws {
        let extractor = BlockingExtractor()
        let task = try Self.call(ExtractionQueue(extractor, threads: 1))
        await until { extractor.begun == 1 }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        extractor.end(1)
        #if os(Linux)
        let thread = try #require(extractor.threads.first)
        await until { !FileManager.default.fileExists(atPath: "/proc/\(thread)") }
        #endif
    }

    #if os(Linux)
    @Test func `are no more than there should be, and end with the queue`() async throws {
        let extractor = BlockingExtractor()
        extractor.end(500)
        var queue: ExtractionQueue? = try ExtractionQueue(extractor, threads: 3, capacity: 500, batch: 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<500 {
                group.addTask { [queue] in _ = try await queue?.features(of: number) }
            }
            try await group.waitForAll()
        }
        queue = nil
        #expect((1...3).contains(extractor.threads.count))
        for thread in extractor.threads { await until { !FileManager.default.fileExists(atPath: "/proc/\(thread)") } }
    }
    #endif

    /// An extractor that blocks the thread that it is called on until it may end.
    private final class BlockingExtractor: FeatureExtractor {
        let recipe: Recipe = ["backbone": "gated"]
        let dimension = 2

        private let mayEnd = DispatchSemaphore(value: 0)
        private let seen = LockedValue<(count: Int, threads: Set<String>)>((0, []))

        /// The number of batches that came.
        var begun: Int { seen.withLock { $0.count } }

        /// The threads that batches came on, such as `123/task/456`.
        var threads: Set<String> { seen.withLock { $0.threads } }

        /// Lets batches end.
        func end(_ count: Int) {
            for _ in 0..<count { mayEnd.signal() }
        }

        @concurrent
        func features(of inputs: [Int]) async throws -> [Result<DenseVector, any Error>] {
            let thread = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
            seen.withLock {
                $0.count += 1
                if let thread { $0.threads.insert(thread) }
            }
            block()
            return inputs.map { .success(GatedExtractor.vector($0)) }
        }

        private func block() { mayEnd.wait() }
    }
}
