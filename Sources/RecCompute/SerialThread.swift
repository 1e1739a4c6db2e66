/// Runs closures one after another, in the order in which they came, on a thread that no executor waits for.
///
/// For work that waits for the disk: neither an actor nor the threads that tasks share stand still meanwhile. The thread
/// starts with a closure and ends when no other one waits.
package final class SerialThread: Sendable {
    private struct Line: Sendable {
        var waiting: [@Sendable () -> Void] = []
        var isServed = false
    }

    private let line = LockedValue(Line())

    /// Creates an empty line.
    package init() {}

    /// Runs `body` after what came before.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; `CancellationError` when the task was cancelled before `body` began, which it never
    ///   does then.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let job = SerialJob(body)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if job.wait(continuation) { enqueue { job.run() } }
            }
        } onCancel: {
            job.cancel()
        }
    }

    private func enqueue(_ work: @escaping @Sendable () -> Void) {
        let isFirst = line.withLock { line in
            line.waiting.append(work)
            defer { line.isServed = true }
            return !line.isServed
        }
        // A system without a thread to give makes the caller wait, which is better than losing what it wants.
        if isFirst, SystemThread({ self.serve() }).map({ $0.detach() }) == nil { serve() }
    }

    private func serve() {
        while true {
            let work = line.withLock { line in
                defer { line.waiting = [] }
                line.isServed = !line.waiting.isEmpty
                return line.waiting
            }
            guard !work.isEmpty else { return }
            for item in work { item() }
        }
    }
}
