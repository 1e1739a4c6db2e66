import Foundation
import RecCompute
import Testing

@Suite struct `Serial thread` {
    let thread = SerialThread()

    @Test func `closures run one after another in the order in which they came`() async throws {
        let done = Log()
        for round in 0..<20 {
            let gate = DispatchSemaphore(value: 0)
            let first = Task { try await thread.run { gate.wait() } }
            var others: [Task<Void, any Error>] = []
            for number in 0..<10 {
                others.append(
                    Task.immediate { [thread] in try await thread.run { done.add(round * 10 + number) } }
                )
            }
            gate.signal()
            try await first.value
            for other in others { try await other.value }
        }
        #expect(done.numbers == Array(0..<200))
    }

    @Test func `what a closure returns or throws comes back`() async throws {
        struct Failure: Error {}
        #expect(try await thread.run { 7 } == 7)
        await #expect(throws: Failure.self) { try await thread.run { throw Failure() } }
        #expect(try await thread.run { 8 } == 8)
    }

    @Test func `an actor goes on answering while its closure waits`() async throws {
        let host = Host(thread)
        let gate = DispatchSemaphore(value: 0)
        let waiting = Task { try await host.wait(for: gate) }
        // The answer comes from the actor that waits, and lets it go on.
        while await host.answer() == false { await Task.yield() }
        gate.signal()
        try await waiting.value
    }

    @Test
    func `a closure that waits in the line is dropped when its task is cancelled, and one that has begun finishes`()
        async throws
    {
        let (begun, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let first = Task {
            try await thread.run {
                begun.signal()
                gate.wait()
                return 1
            }
        }
        await thread.wait(for: begun)
        let runs = Log()
        let second = Task.immediate { [thread] in try await thread.run { runs.add(1) } }
        second.cancel()
        // It ends although the line stands still.
        await #expect(throws: CancellationError.self) { try await second.value }
        first.cancel()
        gate.signal()
        #expect(try await first.value == 1)
        #expect(try await thread.run { 3 } == 3)
        #expect(runs.numbers.isEmpty)
    }

    @Test func `a task that was cancelled before runs nothing`() async throws {
        let thread = thread
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            try await thread.run { _ = Issue.record("it ran") }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    private final class Log: Sendable {
        private let added = LockedValue<[Int]>([])

        func add(_ number: Int) { added.withLock { $0.append(number) } }

        var numbers: [Int] { added.withLock { $0 } }
    }

    private actor Host {
        private let thread: SerialThread
        private var isWaiting = false

        init(_ thread: SerialThread) { self.thread = thread }

        func wait(for gate: DispatchSemaphore) async throws {
            isWaiting = true
            try await thread.run { gate.wait() }
        }

        func answer() -> Bool { isWaiting }
    }
}

extension SerialThread {
    /// Waits without holding a thread that tasks share; the line itself may be standing still.
    fileprivate func wait(for semaphore: DispatchSemaphore) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                semaphore.wait()
                continuation.resume()
            }
        }
    }
}
