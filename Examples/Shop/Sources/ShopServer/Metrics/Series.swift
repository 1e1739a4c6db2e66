import Metrics
import NIOConcurrencyHelpers

/// The values of a metric.
protocol Series: AnyObject, Sendable {
    /// What the name of the metric ends in.
    static var suffix: String { get }
    var type: String { get }
    func lines(_ name: SeriesName) -> [String]
}

/// A number that only grows.
final class CounterSeries: Series, CounterHandler {
    static let suffix = "_total"
    let type = "counter"
    private let value = NIOLockedValueBox<Int64>(0)

    func increment(by amount: Int64) { value.withLockedValue { $0 &+= amount } }
    func reset() { value.withLockedValue { $0 = 0 } }
    func lines(_ name: SeriesName) -> [String] { [name.line("\(value.withLockedValue { $0 })")] }
}

/// A number that goes up and down.
final class GaugeSeries: Series, MeterHandler, RecorderHandler {
    static let suffix = ""
    let type = "gauge"
    private let value = NIOLockedValueBox(0.0)

    func set(_ new: Int64) { set(Double(new)) }
    func set(_ new: Double) { value.withLockedValue { $0 = new } }
    func increment(by amount: Double) { value.withLockedValue { $0 += amount } }
    func decrement(by amount: Double) { value.withLockedValue { $0 -= amount } }
    func record(_ new: Int64) { set(Double(new)) }
    func record(_ new: Double) { set(new) }
    func lines(_ name: SeriesName) -> [String] { [name.line("\(value.withLockedValue { $0 })")] }
}

/// Counts of values up to some bounds; times are in seconds.
final class HistogramSeries: Series, TimerHandler, RecorderHandler {
    static let suffix = ""
    let type = "histogram"

    private static let bounds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    private let state = NIOLockedValueBox((counts: [Int](repeating: 0, count: bounds.count + 1), sum: 0.0))

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let place = Self.bounds.firstIndex { value <= $0 } ?? Self.bounds.count
        state.withLockedValue { state in
            state.counts[place] += 1
            state.sum += value
        }
    }

    func lines(_ name: SeriesName) -> [String] {
        let (counts, sum) = state.withLockedValue { $0 }
        var total = 0
        var lines: [String] = []
        for (bound, count) in zip(Self.bounds.map { "\($0)" } + ["+Inf"], counts) {
            total += count
            lines.append(name.line("\(total)", suffix: "_bucket", label: "le=\"\(bound)\""))
        }
        return lines + [name.line("\(sum)", suffix: "_sum"), name.line("\(total)", suffix: "_count")]
    }
}
