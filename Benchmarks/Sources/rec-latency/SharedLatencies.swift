import Synchronization

/// Latencies that many tasks add to.
///
/// No function is inlined: an asynchronous one must not hold the inlined code of `Mutex` (Docs/Decisions/locks.md).
final class SharedLatencies: Sendable {
    private let durations = Mutex<[Duration]>([])

    var all: [Duration] {
        @inline(never) get { durations.withLock { $0 } }
    }

    @inline(never)
    func add(_ duration: Duration) { durations.withLock { $0.append(duration) } }

    @inline(never)
    func clear() { durations.withLock { $0 = [] } }
}
