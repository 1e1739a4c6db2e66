import RecCompute
import Testing

@Suite struct `A value behind a lock` {
    /// Locks on a thread of the pool.
    final class Pooled: Sendable {
        private let calls = LockedValue(0)

        @concurrent
        func call(fails: Bool) async throws {
            await Task.yield()
            calls.withLock { $0 += 1 }
            if fails { throw CancellationError() }
        }
    }

    /// Locks after a call that has ended on another thread; in an optimised build, `Mutex` stops the process here.
    final class Counter: Sendable {
        private let calls = LockedValue(0)
        private let pooled = Pooled()

        var count: Int { calls.withLock { $0 } }

        @inline(never)
        func call(fails: Bool) async throws {
            defer { calls.withLock { $0 += 1 } }
            try await pooled.call(fails: fails)
        }
    }

    final class Total: Sendable {
        private let total = LockedValue(0)

        var value: Int { total.withLock { $0 } }

        func add(_ count: Int) {
            for _ in 0..<count { total.withLock { $0 += 1 } }
        }
    }

    @MainActor
    @Test func `is used by a task that changes threads`() async throws {
        let counter = Counter()
        for _ in 0..<100 {
            try await counter.call(fails: false)
            await #expect(throws: CancellationError.self) { try await counter.call(fails: true) }
        }
        #expect(counter.count == 200)
    }

    @Test func `is used by threads at once`() async {
        let total = Total()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask { total.add(5_000) }
            }
        }
        #expect(total.value == 80_000)
    }

    @Test func `is the same after an error`() {
        struct Failure: Error {}
        let value = LockedValue([1])
        #expect(throws: Failure.self) {
            try value.withLock { value throws(Failure) in
                value.append(2)
                throw Failure()
            }
        }
        #expect(value.withLock { $0 } == [1, 2])
    }
}
