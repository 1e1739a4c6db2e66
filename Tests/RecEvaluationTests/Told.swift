import RecCompute
import RecCore

/// What a progress handler was told.
final class Told: Sendable {
    private let told = LockedValue<[WorkProgress]>([])

    var values: [WorkProgress] { told.withLock { $0 } }

    /// The shares of the whole that were done.
    var shares: [Double] { values.map { Double($0.done) / Double($0.total ?? 0) } }

    func add(_ progress: WorkProgress) { told.withLock { $0.append(progress) } }
}
