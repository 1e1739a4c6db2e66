import RecNetwork
import RecTesting
import Testing

/// The ranges that calibration finds.
@Suite struct RangeCalibrationTests {
    /// The range of a network whose only map is its image.
    static func range(_ values: [Float]) throws -> ActivationRange {
        var network = Network(channels: 1)
        network.tap(.pooled, at: network.maxPooling(network.input, SlidingWindow(1)))
        let plan = try Plan(
            network,
            layer: .pooled,
            height: 1,
            width: values.count,
            parameters: FixedParameters([:]),
            settings: ExecutionSettings(arithmetic: .exact)
        )
        var calibration = RangeCalibration(plan)
        calibration.add(values.span, count: 1, workspace: Workspace(for: plan))
        return try #require(calibration.ranges.ranges["max-pool"])
    }

    /// The mean squared error of bytes over a range.
    static func error(_ values: [Float], _ range: ActivationRange) -> Double {
        values.reduce(0) { sum, value in
            let back = QuantizedReference.value(QuantizedReference.byte(Double(value), range), range)
            return sum + (Double(value) - back) * (Double(value) - back)
        }
    }

    @Test(arguments: [0, 1, 2])
    func `a range is nearly the best one`(_ kind: Int) throws {
        var random = SeededGenerator(seed: 71)
        let values = (0..<4000).map { _ -> Float in
            let normal = (0..<12).reduce(Float(-6)) { sum, _ in sum + Float.random(in: 0...1, using: &random) }
            return kind == 0 ? normal : kind == 1 ? max(normal, 0) : normal * normal * normal
        }
        let found = Self.error(values, try Self.range(values))
        let (low, high) = (values.min() ?? 0, values.max() ?? 0)
        for share in stride(from: Float(0.2), through: 1, by: 0.02) {
            let other = ActivationRange(low: low * share, high: high * share)
            #expect(found <= Self.error(values, other) * 1.1, "\(share)")
        }
    }

    @Test func `an outlier is cut off`() throws {
        var random = SeededGenerator(seed: 72)
        let range = try Self.range(random.floats(4000) + [30])
        #expect(range.high < 30 && range.high > 0.9)
        #expect(range.low <= -0.9)
    }

    @Test func `a map of zeros has an empty range`() throws {
        #expect(try Self.range([0, 0, 0]) == ActivationRange(low: 0, high: 0))
    }
}
