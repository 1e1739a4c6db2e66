import Dispatch
import Foundation
import RecCompute
import Testing

@Suite(.timeLimit(.minutes(30))) struct `A thread executor` {
    @Test(arguments: [1, 2, 5])
    func `runs every task, on as many threads as it may have`(threads: Int) async {
        let executor = ThreadExecutor(threads: threads)
        let record = Record()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1000 {
                group.addTask(executorPreference: executor) {
                    record.enter()
                    await Task.yield()
                    record.leave()
                }
            }
        }
        #expect(record.numbers.count == 1000)
        #expect(record.threads.count <= threads)
    }

    @Test func `starts jobs in the order in which they come`() async {
        let executor = ThreadExecutor(threads: 1)
        let record = Record()
        let isOpen = DispatchSemaphore(value: 0)
        let tasks = (0..<100).map { number in
            Task.detached(executorPreference: executor) {
                if number == 0 { isOpen.block() }
                record.enter(number)
            }
        }
        isOpen.signal()
        for task in tasks { await task.value }
        #expect(record.numbers == Array(0..<100))
    }

    @Test func `takes no thread of the cooperative pool, however many jobs wait for something`() async {
        let threads = ProcessInfo.processInfo.activeProcessorCount + 3
        let executor = ThreadExecutor(threads: threads)
        let record = Record()
        let isOpen = DispatchSemaphore(value: 0)
        let tasks = (0..<threads).map { _ in
            Task.detached(executorPreference: executor) {
                record.enter()
                isOpen.block()
            }
        }
        // This goes on only where the pool has a thread left.
        await until { record.numbers.count == threads }
        for _ in tasks { isOpen.signal() }
        for task in tasks { await task.value }
    }

    @Test func `takes the work of functions that leave their caller's actor`() async {
        let executor = ThreadExecutor(threads: 1)
        let record = Record()
        @concurrent func work() async { record.enter() }
        await Task.detached(executorPreference: executor) {
            record.enter()
            await work()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { record.enter() } }
            }
        }.value
        #expect(record.numbers.count == 6)
        #expect(record.threads.count == 1)
    }

    @Test func `lives as long as a task that sleeps`() async throws {
        weak var gone: ThreadExecutor?
        let task: Task<Int, any Error>
        do {
            let executor = ThreadExecutor(threads: 1)
            gone = executor
            task = Task.detached(executorPreference: executor) {
                try await Task.sleep(for: .milliseconds(20))
                return 7
            }
        }
        #expect(try await task.value == 7)
        await until { gone == nil }
    }

    #if os(Linux)
    @Test func `ends its threads when nobody holds it`() async {
        let record = Record()
        for _ in 0..<20 {
            let executor = ThreadExecutor(threads: 3)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<9 { group.addTask(executorPreference: executor) { record.enter() } }
            }
        }
        #expect(record.threads.count >= 20)
        for thread in record.threads {
            await until { !FileManager.default.fileExists(atPath: "/proc/\(thread)") }
        }
    }

    @Test func `lets its threads stand back`() async {
        let executor = ThreadExecutor(threads: 1, niceness: 3)
        let here = getpriority(0, 0)
        #expect(await Task.detached(executorPreference: executor) { getpriority(0, 0) }.value == min(here + 3, 19))
    }
    #endif

    /// What ran, and on which threads.
    private final class Record: Sendable {
        private let state = LockedValue<(numbers: [Int], threads: Set<String>)>(([], []))

        var numbers: [Int] { state.withLock { $0.numbers } }

        /// The threads; on Linux such as `123/task/456`.
        var threads: Set<String> { state.withLock { $0.threads } }

        func enter(_ number: Int = 0) {
            leave()
            state.withLock { $0.numbers.append(number) }
        }

        func leave() {
            let thread = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
            _ = state.withLock { $0.threads.insert(thread ?? "\(pthread_self())") }
        }
    }
}

/// Waits until something is so; a test that waits in vain is ended by its time limit.
private func until(_ isSo: () -> Bool) async {
    while !isSo(), !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
}

extension DispatchSemaphore {
    /// Waits on the calling thread, also in a task: the thread is one that may.
    fileprivate func block() { wait() }
}
