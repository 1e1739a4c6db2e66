import RecCompute
import RecNetwork
import RecTesting
import Testing

/// Activations of all kinds at every level, against their definitions in double precision.
@Suite struct ActivationTests {
    static let activations: [Activation] = [
        .relu, .relu6, .clip(low: -1.5, high: 0.75), .silu, .hardSwish, .sigmoid, .hardSigmoid(),
        .hardSigmoid(slope: 0.2, offset: 0.4), .tanh, .gelu,
    ]

    /// Small and large values of both signs, and where formulas change.
    static let values: [Float] =
        (-400...400).map { Float($0) / 16 } + (-40...40).map { Float($0) * 1e-3 }
        + [-3, 3, -0.6, 0.6, -88, 88, -100, 100, -1e4, 1e4, 1e-30, -1e-30, 0]

    static func plan(_ activation: Activation, _ level: ProcessorLevel, width: Int) throws -> Plan {
        try Plan(
            .single(.activation(activation), channels: 1),
            layer: .pooled,
            height: 1,
            width: width,
            parameters: FixedParameters([:]),
            settings: ExecutionSettings(level: level)
        )
    }

    @Test(arguments: activations, ProcessorLevel.available)
    func `each value is that of the definition`(_ activation: Activation, _ level: ProcessorLevel) throws {
        let found = try Self.plan(activation, level, width: Self.values.count).run(Self.values)
        for (x, y) in zip(Self.values, found) {
            let exact = ReferenceNetwork.apply(activation, Double(x))
            #expect(abs(Double(y) - exact) <= 2e-7 * max(abs(exact), 1) + 1e-7 * abs(min(Double(x), 0)), "\(x)")
        }
    }

    @Test(arguments: activations, ProcessorLevel.available)
    func `NaN stays NaN`(_ activation: Activation, _ level: ProcessorLevel) throws {
        let found = try Self.plan(activation, level, width: 3).run([1, .nan, -1])
        #expect(found.map(\.isNaN) == [false, true, false])
    }

    /// Behind each kind of kernel, alone and with a sum, in maps of more than one tile.
    @Test(arguments: activations, ProcessorLevel.available)
    func `an activation is fused into the layer before it`(_ activation: Activation, _ level: ProcessorLevel) throws {
        for algorithm in ConvolutionAlgorithm.allCases {
            for addsShortcut in [false, true] {
                let groups = algorithm == .depthwise ? 20 : 1
                let window = SlidingWindow(3, padding: .all(1))
                let convolution = Convolution(inputs: 20, outputs: 20, window: window, groups: groups, hasBias: true)
                var random = SeededGenerator(seed: 71)
                let tail = BlockedConvolution.Tail(addsShortcut: addsShortcut, activation: activation)
                let layer = BlockedConvolution(convolution, tail: tail, random: &random)
                let pixels = random.floats(20 * 9 * 15)
                let plan = try layer.plan((9, 15), algorithm, level)
                #expect(plan.stepNames.last == "layer", "something was not fused")
                let expected = try layer.reference((9, 15), pixels)
                #expect(relativeError(plan.run(pixels), expected) < algorithm.errorBound, "\(algorithm)")
            }
        }
    }

    @Test(arguments: activations, ProcessorLevel.available)
    func `a maximum behind an activation is that of the values`(
        _ activation: Activation,
        _ level: ProcessorLevel
    ) throws {
        let convolution = Convolution(inputs: 9, outputs: 12, window: SlidingWindow(3, padding: .all(1)), hasBias: true)
        var random = SeededGenerator(seed: 72)
        let tail = BlockedConvolution.Tail(activation: activation, pools: true)
        let layer = BlockedConvolution(convolution, tail: tail, random: &random)
        let pixels = random.floats(9 * 8 * 10)
        let plan = try layer.plan((8, 10), .winograd4, level)
        let expected = try layer.reference((8, 10), pixels)
        #expect(relativeError(plan.run(pixels), expected) < ConvolutionAlgorithm.winograd4.errorBound)
    }

    @Test(arguments: activations, ProcessorLevel.available)
    func `a fully connected layer and a normalisation end with one too`(
        _ activation: Activation,
        _ level: ProcessorLevel
    ) throws {
        var random = SeededGenerator(seed: 73)
        let map = FeatureMapShape(channels: 11, height: 3, width: 4)
        var network = Network(channels: 11)
        var x = network.batchNormalization("bn", network.input, BatchNormalization(channels: 11))
        x = network.activation(x, activation)
        x = network.fullyConnected("fc", x, FullyConnected(input: map, outputs: 21))
        network.tap(.pooled, at: network.activation(x, activation))
        let parameters = FixedParameters([
            "bn": [
                .scale: random.floats(11), .shift: random.floats(11), .mean: random.floats(11),
                .variance: random.floats(11).map { $0 + 2 },
            ],
            "fc": [.weight: random.floats(21 * map.count), .bias: random.floats(21)],
        ])
        let plan = try Plan(
            network,
            layer: .pooled,
            height: 3,
            width: 4,
            parameters: parameters,
            settings: ExecutionSettings(batch: 3, level: level)
        )
        #expect(plan.stepNames == ["image", "bn", "fc"])
        let images = (0..<3).map { _ in random.floats(map.count) }
        let expected = try images.flatMap {
            try ReferenceNetwork.run(network, $0, height: 3, width: 4, parameters)
        }
        #expect(relativeError(plan.run(images), expected) < 5e-6)
    }
}
