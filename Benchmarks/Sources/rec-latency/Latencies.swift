import Foundation

/// How long things took.
struct Latencies: Sendable {
    private var durations: [Duration] = []

    var count: Int { durations.count }

    mutating func add(_ more: [Duration]) { durations += more }

    /// The time that a part of all stayed below, in milliseconds.
    func text(_ part: Double) -> String {
        guard !durations.isEmpty else { return "" }
        let place = min(Int(Double(durations.count) * part), durations.count - 1)
        return String(format: "%.1f ms", durations.sorted()[place] / .milliseconds(1))
    }
}
