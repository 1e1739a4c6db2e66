import Metrics
import NIOConcurrencyHelpers

/// Keeps the metrics of swift-metrics in memory and writes them in Prometheus' text format.
///
/// A metric is kept for the life of the process, so labels must have few values: routes and not paths.
public final class PrometheusMetrics: MetricsFactory {
    private let series = NIOLockedValueBox<[SeriesName: Series]>([:])

    /// Creates an empty collection.
    public init() {}

    /// The handler of a counter.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        find(label, dimensions, as: CounterSeries.self) { CounterSeries() }
    }

    /// The handler of a meter.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        find(label, dimensions, as: GaugeSeries.self) { GaugeSeries() }
    }

    /// The handler of a recorder.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return find(label, dimensions, as: GaugeSeries.self) { GaugeSeries() } }
        return find(label, dimensions, as: HistogramSeries.self) { HistogramSeries() }
    }

    /// The handler of a timer.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        find(label + ".seconds", dimensions, as: HistogramSeries.self) { HistogramSeries() }
    }

    /// Keeps the handler.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Keeps the handler.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// Keeps the handler.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Keeps the handler.
    public func destroyTimer(_ handler: any TimerHandler) {}

    /// The handler of a name; two kinds of metrics must not share one.
    private func find<Kind: Series>(
        _ label: String,
        _ dimensions: [(String, String)],
        as kind: Kind.Type,
        _ make: () -> Kind
    ) -> Kind {
        let name = SeriesName(label, dimensions, suffix: Kind.suffix)
        return series.withLockedValue { series in
            if let known = series[name] as? Kind { return known }
            let new = make()
            series[name] = new
            return new
        }
    }

    /// All metrics, in the order of their names.
    public func text() -> String {
        let all = series.withLockedValue { $0 }.sorted { $0.key < $1.key }
        var lines: [String] = []
        var last = ""
        for (name, series) in all {
            if name.metric != last { lines.append("# TYPE \(name.metric) \(series.type)") }
            last = name.metric
            lines += series.lines(name)
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// A metric with the values of its labels.
struct SeriesName: Hashable, Comparable {
    let metric: String
    let labels: String

    init(_ label: String, _ dimensions: [(String, String)], suffix: String) {
        let name = Self.plain(label)
        metric = name.hasSuffix(suffix) ? name : name + suffix
        labels = dimensions.map { "\(Self.plain($0.0))=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    }

    static func < (lhs: SeriesName, rhs: SeriesName) -> Bool { (lhs.metric, lhs.labels) < (rhs.metric, rhs.labels) }

    /// A line of a sample.
    func line(_ value: String, suffix: String = "", label: String = "") -> String {
        let all = [labels, label].filter { !$0.isEmpty }.joined(separator: ",")
        return "\(metric)\(suffix)\(all.isEmpty ? "" : "{\(all)}") \(value)"
    }

    /// A name of letters, digits and low lines.
    private static func plain(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
