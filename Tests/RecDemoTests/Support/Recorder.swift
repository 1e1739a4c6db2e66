import RecCompute

/// Keeps what is written to it.
final class Recorder: Sendable {
    private let written = LockedValue<[String]>([])

    var texts: [String] { written.withLock { $0 } }

    func write(_ text: String) { written.withLock { $0.append(text) } }
}
