import RecCompute
import RecNetwork
import RecTesting
import Testing

/// Networks of random shape, compiled for blocks of planes with random settings, against the same networks computed one
/// image at a time, without any choice of algorithm, in double precision.
///
/// This is what finds values that overlap while both are alive, wrong fusions, and sizes that no other test thought of.
@Suite struct RandomNetworkTests {
    @Test(arguments: 1...50)
    func `a random network has the features of the reference`(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let item = RandomNetwork(&random)
        let count = item.network.channels * item.height * item.width
        let images = (0..<Int.random(in: 1...5, using: &random)).map { _ in random.floats(count) }
        let expected = try images.flatMap {
            try ReferenceNetwork.run(item.network, $0, height: item.height, width: item.width, item.parameters)
        }
        let algorithms: [ConvolutionAlgorithm?] = [nil, .direct, .winograd2, .winograd4, .winograd6, .winograd7]
        for algorithm in algorithms.shuffled(using: &random)[..<3] {
            // Where there is room for hundreds of images, single layers take a few of them at a time.
            let settings = ExecutionSettings(
                batch: random.pick([1, 2, 3, 8, 100, 400]),
                threads: Int.random(in: 1...3, using: &random),
                level: random.pick(ProcessorLevel.available)
            )
            let plan = try Plan(
                item.network,
                layer: .pooled,
                height: item.height,
                width: item.width,
                parameters: item.parameters,
                settings: settings,
                preferring: algorithm
            )
            MemoryPlanTests.check(plan.memory)
            let workspace = Workspace(for: plan)
            let found = plan.run(images, workspace)
            let error = relativeError(found, expected, atLeast: 0.1)
            #expect(error < 1e-3, "\(settings) \(plan.stepAlgorithms)")
            let again = plan.run(images, workspace)
            #expect(again == found, "a second run differs")
            let last = plan.run([images[images.count - 1]], workspace)
            #expect(last == Array(found.suffix(plan.output.count)), "the last image alone differs")
        }
    }
}

/// A network of a few layers, each of which takes any earlier value, and parameters that keep values near 1.
private struct RandomNetwork {
    var network: Network
    let height: Int
    let width: Int
    var parameters = FixedParameters([:])

    init(_ random: inout SeededGenerator) {
        let channels = Int.random(in: 1...10, using: &random)
        height = Int.random(in: 3...22, using: &random)
        width = Int.random(in: 3...22, using: &random)
        network = Network(channels: channels)
        var values = [(network.input, FeatureMapShape(channels: channels, height: height, width: width))]
        for index in 0..<Int.random(in: 3...12, using: &random) {
            values.append(append("layer \(index)", values, &random))
        }
        var (value, shape) = values[values.count - 1]
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            value = network.globalAveragePooling(value)
        case 1:
            let outputs = Int.random(in: 1...20, using: &random)
            value = network.fullyConnected("fc", value, FullyConnected(input: shape, outputs: outputs))
            parameters.values["fc"] = [
                .weight: random.floats(outputs * shape.count).map { $0 / Float(shape.count).squareRoot() },
                .bias: random.floats(outputs),
            ]
            shape = FeatureMapShape(channels: outputs)
        default: break
        }
        network.tap(.pooled, at: value)
    }

    private mutating func append(
        _ name: String,
        _ values: [(Network.Value, FeatureMapShape)],
        _ random: inout SeededGenerator
    ) -> (Network.Value, FeatureMapShape) {
        // The newest value most of the time, so that networks are deep; any other now and then.
        let (value, shape) =
            Bool.random(using: &random) ? values[values.count - 1] : random.pick(values)
        switch Int.random(in: 0..<12, using: &random) {
        case 0:
            return (network.activation(value, random.pick(ActivationTests.activations)), shape)
        case 1:
            var factors: [Parameter.Role: [Float]] = [:]
            for role in [Parameter.Role.scale, .shift, .mean] {
                factors[role] = random.floats(shape.channels)
            }
            factors[.variance] = random.floats(shape.channels).map { $0 + 1.5 }
            parameters.values[name] = factors
            return (network.batchNormalization(name, value, BatchNormalization(channels: shape.channels)), shape)
        case 2, 3:
            let size = Int.random(in: 1...min(3, shape.height, shape.width), using: &random)
            let window = SlidingWindow(size, stride: Int.random(in: 1...2, using: &random))
            return (
                network.maxPooling(value, window),
                Self.output(of: window, padding: (0, 0, 0, 0), over: shape, channels: shape.channels)
            )
        case 4, 5, 6:
            let others = values.filter { $0.1 == shape }.map(\.0)
            return (network.add(value, random.pick(others)), shape)
        default:
            return appendConvolution(name, value, shape, &random)
        }
    }

    private mutating func appendConvolution(
        _ name: String,
        _ value: Network.Value,
        _ shape: FeatureMapShape,
        _ random: inout SeededGenerator
    ) -> (Network.Value, FeatureMapShape) {
        let size = random.pick([1, 3, 3, 3, 5].filter { $0 <= shape.height && $0 <= shape.width })
        let stride = random.pick([1, 1, 2])
        let keepsSize = Bool.random(using: &random)
        func amount() -> Int { keepsSize ? size / 2 : Int.random(in: 0..<size, using: &random) }
        let padding = (amount(), amount(), amount(), amount())
        let window = SlidingWindow(
            height: size,
            width: size,
            verticalStride: stride,
            horizontalStride: stride,
            padding: .explicit(top: padding.0, left: padding.1, bottom: padding.2, right: padding.3)
        )
        let isDepthwise = Int.random(in: 0..<4, using: &random) == 0
        let groups = isDepthwise ? shape.channels : random.pick([1, 1, 1, 2].filter { shape.channels % $0 == 0 })
        // Equal numbers of planes make sums possible.
        let outputs =
            isDepthwise || Bool.random(using: &random)
            ? shape.channels : groups * Int.random(in: 1...20 / groups, using: &random)
        let convolution = Convolution(
            inputs: shape.channels,
            outputs: outputs,
            window: window,
            groups: groups,
            hasBias: true
        )
        let taps = Float(convolution.weightShape[1...].reduce(1, *))
        parameters.values[name] = [
            .weight: random.floats(convolution.weightShape.reduce(1, *)).map { $0 * (3 / taps).squareRoot() },
            .bias: random.floats(outputs),
        ]
        return (
            network.convolution(name, value, convolution),
            Self.output(of: window, padding: padding, over: shape, channels: outputs)
        )
    }

    private static func output(
        of window: SlidingWindow,
        padding: (top: Int, left: Int, bottom: Int, right: Int),
        over shape: FeatureMapShape,
        channels: Int
    ) -> FeatureMapShape {
        FeatureMapShape(
            channels: channels,
            height: (shape.height + padding.top + padding.bottom - window.height) / window.verticalStride + 1,
            width: (shape.width + padding.left + padding.right - window.width) / window.horizontalStride + 1
        )
    }
}
