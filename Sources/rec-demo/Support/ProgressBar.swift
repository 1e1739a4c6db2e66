import RecCore
import RecMath
import Synchronization

/// A progress bar with rate and time left, on a terminal only.
final class ProgressBar: Sendable {
    private let label: String
    private let drawn = Mutex(false)

    init(_ label: String) {
        self.label = label
    }

    /// Draws how far the work has come.
    func update(_ progress: IndexingProgress) {
        guard Console.errorIsTerminal else { return }
        let width = 24
        let (done, total, rate) = (progress.done, progress.total ?? progress.done, progress.productsPerSecond)
        let filled = total > 0 ? min(width, done * width / total) : width
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let speed = rate > 0 ? "  \(rate.decimals(1))/s" : ""
        let left = progress.secondsLeft.map { "  \(Self.clock($0)) left" } ?? ""
        drawn.withLock { $0 = true }
        let failures = progress.failures > 0 ? "  \(progress.failures) failed" : ""
        Console.status("\r\u{1B}[2K\(label) \(bar) \(done)/\(total)\(speed)\(left)\(failures)")
    }

    /// Removes the bar, so that what follows starts on a clean line.
    func finish() {
        let wasDrawn = drawn.withLock { state in
            defer { state = false }
            return state
        }
        if wasDrawn { Console.status("\r\u{1B}[2K") }
    }

    /// Seconds as `m:ss` or `h:mm:ss`.
    private static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        let parts = whole >= 3600 ? [whole / 3600, whole / 60 % 60, whole % 60] : [whole / 60, whole % 60]
        return parts.enumerated().map { $0.offset == 0 || $0.element > 9 ? "\($0.element)" : "0\($0.element)" }
            .joined(separator: ":")
    }
}
