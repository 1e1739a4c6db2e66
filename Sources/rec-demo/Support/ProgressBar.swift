import RecCompute
package import RecCore
import RecMath

/// A progress bar with rate and time left, on a terminal only.
package final class ProgressBar: Sendable {
    private let label: String
    private let isShown: Bool
    private let write: @Sendable (String) -> Void
    private let drawn = LockedValue(false)

    /// Creates a bar that is not drawn yet.
    ///
    /// - Parameters:
    ///   - label: What the work is called.
    ///   - isShown: Whether there is a terminal to draw on.
    ///   - write: Writes text to that terminal.
    package init(
        _ label: String,
        isShown: Bool = Console.errorIsTerminal,
        write: @escaping @Sendable (String) -> Void = Console.status
    ) {
        self.label = label
        self.isShown = isShown
        self.write = write
    }

    /// Draws how far the work has come.
    package func update(_ progress: WorkProgress) {
        guard isShown else { return }
        let width = 24
        let (done, total, rate) = (progress.done, progress.total ?? progress.done, progress.itemsPerSecond)
        let filled = total > 0 ? min(width, done * width / total) : width
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let speed = rate > 0 ? "  \(rate.decimals(1))/s" : ""
        let left = progress.timeLeft.map { "  \(Self.clock($0 / .seconds(1))) left" } ?? ""
        drawn.withLock { $0 = true }
        let failures = progress.failures > 0 ? "  \(progress.failures) failed" : ""
        write("\r\u{1B}[2K\(label) \(bar) \(done)/\(total)\(speed)\(left)\(failures)")
    }

    /// Removes the bar, so that what follows starts on a clean line.
    package func finish() {
        let wasDrawn = drawn.withLock { state in
            defer { state = false }
            return state
        }
        if wasDrawn { write("\r\u{1B}[2K") }
    }

    /// Seconds as `m:ss` or `h:mm:ss`.
    private static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        let parts = whole >= 3600 ? [whole / 3600, whole / 60 % 60, whole % 60] : [whole / 60, whole % 60]
        return parts.enumerated().map { $0.offset == 0 || $0.element > 9 ? "\($0.element)" : "0\($0.element)" }
            .joined(separator: ":")
    }
}
