import Synchronization

/// Latencies that many tasks add to.
final class SharedLatencies: Sendable {
    private let durations = Mutex<[Duration]>([])

    var all: [Duration] { durations.withLock { $0 } }

    func add(_ duration: Duration) { durations.withLock { $0.append(duration) } }

    func clear() { durations.withLock { $0 = [] } }
}
