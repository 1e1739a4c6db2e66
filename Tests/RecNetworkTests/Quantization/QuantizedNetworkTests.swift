import RecCompute
import RecCore
import RecNetwork
import RecTesting
import Testing

/// Networks in bytes: which steps there are, and what the whole computes.
@Suite struct QuantizedNetworkTests {
    static let size = (height: 14, width: 14)

    private static func window(_ size: Int, stride: Int = 1) -> SlidingWindow {
        SlidingWindow(size, stride: stride, padding: .all(size / 2))
    }

    /// Two residual blocks, a depthwise convolution and a fully connected layer.
    static func network() -> Network {
        var network = Network(channels: 3)
        let first = Convolution(inputs: 3, outputs: 32, window: window(3))
        var x = network.activation(network.convolution("first", network.input, first), .relu)
        for block in 1...2 {
            let shortcut = x
            let layers = [("a", 32, 24, 1), ("b", 24, 24, 3), ("c", 24, 32, 1)]
            for (name, inputs, outputs, size) in layers {
                let convolution = Convolution(inputs: inputs, outputs: outputs, window: window(size))
                x = network.convolution("\(block).\(name)", x, convolution)
                if name == "c" { x = network.add(x, shortcut) }
                x = network.activation(x, .relu)
            }
        }
        let depthwise = Convolution(inputs: 32, outputs: 32, window: window(3, stride: 2), groups: 32)
        x = network.activation(network.convolution("depthwise", x, depthwise), .relu6)
        let project = Convolution(inputs: 32, outputs: 48, window: window(1))
        x = network.activation(network.convolution("project", x, project), .hardSwish)
        x = network.fullyConnected(
            "dense",
            x,
            FullyConnected(input: FeatureMapShape(channels: 48, height: 7, width: 7), outputs: 30)
        )
        network.tap(.pooled, at: x)
        return network
    }

    static func parameters(_ network: Network) -> FixedParameters {
        var random = SeededGenerator(seed: 51)
        var values: [String: [Parameter.Role: [Float]]] = [:]
        for parameter in network.parameters {
            let size = (6 * Float(parameter.shape[0]) / Float(parameter.count)).squareRoot() / 2
            let numbers = random.floats(parameter.count).map { $0 * size }
            var roles = values[parameter.layer] ?? [:]
            roles[parameter.role] = numbers
            values[parameter.layer] = roles
        }
        return FixedParameters(values)
    }

    static func plan(_ settings: ExecutionSettings, ranges: ActivationRanges? = nil) throws -> Plan {
        let network = network()
        return try Plan(
            network,
            layer: .pooled,
            height: size.height,
            width: size.width,
            parameters: parameters(network),
            settings: settings,
            ranges: ranges
        )
    }

    static func images(_ count: Int) -> [[Float]] {
        var random = SeededGenerator(seed: 52)
        return (0..<count).map { _ in random.floats(3 * 14 * 14) }
    }

    static func ranges() throws -> ActivationRanges {
        let plan = try plan(ExecutionSettings(batch: 3, arithmetic: .exact))
        var calibration = RangeCalibration(plan)
        let pixels = images(8).flatMap(\.self)
        calibration.add(pixels.span, count: 8, workspace: Workspace(for: plan))
        return calibration.ranges
    }

    @Test func `maps stay bytes from one convolution to the next`() throws {
        let plan = try Self.plan(ExecutionSettings(arithmetic: .int8), ranges: try Self.ranges())
        #expect(
            plan.stepNames == [
                "first", "first in bytes", "1.a", "1.b", "1.c", "2.a", "2.b", "2.c", "depthwise", "depthwise in bytes",
                "project", "project in bytes", "dense",
            ]
        )
    }

    @Test func `layers that shall stay in floats do`() throws {
        var ranges = try Self.ranges()
        ranges.floatLayers = ["1.b", "dense"]
        let plan = try Self.plan(ExecutionSettings(arithmetic: .int8), ranges: ranges)
        #expect(
            plan.stepNames == [
                "first", "first in bytes", "1.a", "1.b", "1.b in bytes", "1.c", "2.a", "2.b", "2.c", "depthwise",
                "depthwise in bytes", "project", "dense",
            ]
        )
    }

    @Test func `features are near those of floats`() throws {
        let ranges = try Self.ranges()
        let floats = try Self.plan(ExecutionSettings(arithmetic: .exact))
        let bytes = try Self.plan(ExecutionSettings(arithmetic: .int8), ranges: ranges)
        for image in Self.images(8) {
            let (expected, output) = (floats.run(image), bytes.run(image))
            #expect(relativeError(output, expected.map { Double($0) }) < 0.15)
            let product = Self.product(expected, output)
            let lengths = (Self.product(expected, expected) * Self.product(output, output)).squareRoot()
            #expect(product / lengths > 0.998)
        }
    }

    private static func product(_ first: [Float], _ second: [Float]) -> Double {
        zip(first, second).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    @Test func `levels with the same kernels in floats agree in every bit`() throws {
        let ranges = try Self.ranges()
        let levels = ProcessorLevel.available.filter { $0 != .scalar }
        let outputs = try levels.map { level in
            try Self.plan(ExecutionSettings(batch: 4, threads: 2, arithmetic: .int8, level: level), ranges: ranges)
                .run(Self.images(4))
        }
        for output in outputs { #expect(output == outputs[0]) }
    }

    @Test func `bytes without ranges are refused`() throws {
        let error = #expect(throws: RecError.self) { try Self.plan(ExecutionSettings(arithmetic: .int8)) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("calibrate") == true)
    }

    @Test func `a layer whose map has no range stays in floats`() throws {
        var ranges = try Self.ranges()
        ranges.ranges["1.a"] = nil
        let plan = try Self.plan(ExecutionSettings(arithmetic: .int8), ranges: ranges)
        let algorithms = Dictionary(uniqueKeysWithValues: zip(plan.stepNames, plan.stepAlgorithms))
        #expect(algorithms["1.a"] == "int8")
        #expect(algorithms["1.b"] != "int8")
        #expect(algorithms["1.c"] == "int8")
    }
}
