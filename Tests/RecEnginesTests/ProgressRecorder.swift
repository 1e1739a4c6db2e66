import RecCore
import Synchronization

/// Keeps the reports of an operation.
final class ProgressRecorder: Sendable {
    private let reports = Mutex<[WorkProgress]>([])

    var all: [WorkProgress] { reports.withLock { $0 } }

    func add(_ report: WorkProgress) { reports.withLock { $0.append(report) } }
}
