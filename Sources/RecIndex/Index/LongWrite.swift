internal import RecCompute
internal import RecCore
internal import RecFiles
internal import Synchronization

/// How far a long write has come, and whether it should go on.
///
/// It runs on a thread without a task, so the cancellation of the task that waits for it is passed on here.
final class LongWrite: Sendable {
    private let reporter: ProgressReporter
    private let total: Int
    private let isCancelled = Atomic<Bool>(false)

    /// Creates a write that nobody watches.
    init() {
        reporter = ProgressReporter("", total: nil, to: nil)
        total = 0
    }

    /// - Parameters:
    ///   - phase: What is being done.
    ///   - total: The number of products.
    ///   - progress: Gets reports.
    init(_ phase: String, total: Int, to progress: (@Sendable (WorkProgress) -> Void)?) {
        reporter = ProgressReporter(phase, total: total, to: progress)
        self.total = total
    }

    /// Runs the write on a thread.
    ///
    /// - Throws: What `body` throws, or `CancellationError` when the task was cancelled before the end.
    func run(on thread: SerialThread, _ body: @escaping @Sendable () throws -> Void) async throws {
        try await withTaskCancellationHandler {
            do {
                try await thread.run(body)
            } catch {
                throw isCancelled.load(ordering: .relaxed) ? CancellationError() : error
            }
        } onCancel: {
            isCancelled.store(true, ordering: .relaxed)
        }
    }

    /// Reports the share of the work that is done.
    ///
    /// - Throws: `FileError` when the task was cancelled; ``run(on:_:)`` makes a `CancellationError` of it.
    func step(_ share: Double) throws(FileError) {
        guard !isCancelled.load(ordering: .relaxed) else {
            throw FileError(path: "", operation: "write", errorNumber: 0)
        }
        if share < 1 { reporter.report(done: Int(share * Double(total))) }
    }

    /// Reports that everything is done.
    func finish() {
        reporter.report(done: total)
    }
}
