internal import RecCompute
internal import RecCore

/// What the status of a live index says besides its products; nobody who reads it waits for a writer.
final class LiveIndexMeter: Sendable {
    private let values: LockedValue<(pendingSize: Int, failures: [LiveIndexCore.Work: RecError])>

    init(pendingSize: Int) {
        values = LockedValue((pendingSize, [:]))
    }

    /// The bytes of changes that are not in the segments.
    var pendingSize: Int {
        get { values.withLock { $0.pendingSize } }
        set { values.withLock { $0.pendingSize = newValue } }
    }

    /// Why the last work of a kind failed, until work of that kind succeeds.
    var failures: [LiveIndexCore.Work: RecError] {
        get { values.withLock { $0.failures } }
        set { values.withLock { $0.failures = newValue } }
    }
}
