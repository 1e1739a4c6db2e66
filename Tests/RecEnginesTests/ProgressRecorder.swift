import RecCompute
import RecCore

/// Keeps the reports of an operation.
final class ProgressRecorder: Sendable {
    private let reports = LockedValue<[WorkProgress]>([])

    var all: [WorkProgress] { reports.withLock { $0 } }

    func add(_ report: WorkProgress) { reports.withLock { $0.append(report) } }
}
