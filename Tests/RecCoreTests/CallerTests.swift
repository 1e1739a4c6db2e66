import Dispatch
import Foundation
import RecCompute
import RecCore
import Testing

/// Long operations that are called from an actor, whose thread they must leave alone.
@Suite struct `The caller's actor` {
    @Test func `it answers while products are embedded`() async throws {
        try await Desk().work { question in
            let embedder = ProductEmbedder(extractor: FakeExtractor()) { $0.picture }
            _ = try await embedder.embed([Product(id: "a", picture: "a.jpg")]) { _ in question() }
        }
    }

    @Test func `it answers while one product is embedded`() async throws {
        try await Desk().work { question in
            let embedder = ProductEmbedder(encoder: AskingEncoder(question: question))
            _ = try await embedder.embed(Product(id: "a", attributes: ["colour": "Red"]), picture: nil)
        }
    }

    @Test func `it answers while all neighbours are searched`() async throws {
        try await Desk().work { question in
            try await RingIndex(count: 3).allNeighbors(count: 2) { _, _ in question() }
        }
    }

    @Test func `it answers while a calibration is measured`() async throws {
        try await Desk().work { question in
            _ = try await ScoreCalibration(of: RingIndex(count: 300), pairs: 600) { _ in question() }
        }
    }

    /// Asks before it encodes.
    private struct AskingEncoder: MetadataEncoder {
        let question: @Sendable () -> Void
        var space: AttributeSpace { FakeEncoder().space }

        func encode(_ product: Product) throws -> AttributeCodes? {
            question()
            return try FakeEncoder().encode(product)
        }
    }
}

/// An actor with a thread of its own.
private actor Desk {
    private nonisolated let thread = OwnThread()
    private nonisolated let isAnswered = LockedValue(false)

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    /// Runs an operation that asks the actor something from its midst, and waits there for the answer.
    func work(_ operation: @Sendable (_ question: @escaping @Sendable () -> Void) async throws -> Void) async throws {
        try await operation { self.ask() }
        #expect(hasAnswer)
    }

    private nonisolated func ask() {
        thread.run { self.isAnswered.withLock { $0 = true } }
        // Without an answer the operation holds the thread that would give it.
        for _ in 0..<10_000 where !hasAnswer { Thread.sleep(forTimeInterval: 0.001) }
    }

    private nonisolated var hasAnswer: Bool { isAnswered.withLock { $0 } }
}

private final class OwnThread: SerialExecutor {
    private let queue = DispatchQueue(label: "desk")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func run(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }
}
