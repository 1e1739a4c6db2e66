import RecCompute
import RecCore
import RecNetwork
import RecTesting
import Testing

@Suite struct CompilationTests {
    static let window = SlidingWindow(3, padding: .all(1))

    @Test(arguments: [1e-3, 1e-5, 1.001e-5], [true, false])
    func `a batch normalisation is folded into the convolution before it`(_ epsilon: Double, _ hasBias: Bool) throws {
        var random = SeededGenerator(seed: 1)
        let convolution = Convolution(inputs: 2, outputs: 3, window: Self.window, hasBias: hasBias)
        var network = Network(channels: 2)
        let x = network.convolution("conv", network.input, convolution)
        network.tap(.pooled, at: network.batchNormalization("bn", x, BatchNormalization(channels: 3, epsilon: epsilon)))
        let weights = random.floats(54)
        let bias = random.floats(3)
        // Small variances make the epsilon matter.
        let normalization: [Parameter.Role: [Float]] = [
            .scale: [1, -0.5, 2], .shift: [0.25, 0, -1], .mean: [0.5, -0.5, 0.125], .variance: [1e-5, 1e-4, 0],
        ]
        let plan = try Plan(
            network,
            layer: .pooled,
            height: 5,
            width: 4,
            parameters: FixedParameters(["conv": [.weight: weights, .bias: bias], "bn": normalization])
        )
        let pixels = random.floats(40)

        var expected = DoubleReference.convolve(
            DoubleReference.Map(2, 5, 4, pixels).padded(1, 1, 1, 1, with: 0),
            weights.map { Double($0) },
            outputs: 3,
            kernel: (3, 3),
            stride: (1, 1),
            groups: 1
        )
        for channel in 0..<3 {
            func value(_ role: Parameter.Role) -> Double { Double(normalization[role]![channel]) }
            for index in channel * 20..<(channel + 1) * 20 {
                let x = expected.values[index] + (hasBias ? Double(bias[channel]) : 0)
                expected.values[index] =
                    (x - value(.mean)) / (value(.variance) + epsilon).squareRoot() * value(.scale) + value(.shift)
            }
        }
        #expect(plan.stepNames == ["conv"])
        #expect(relativeError(plan.run(pixels), expected.values) < 1e-6)
    }

    @Test func `a batch normalisation without a convolution before it stands alone`() throws {
        var network = Network(channels: 1)
        let x = network.maxPooling(network.input, SlidingWindow(1))
        network.tap(
            .pooled,
            at: network.activation(
                network.batchNormalization("bn", x, BatchNormalization(channels: 1, epsilon: 1)),
                .relu
            )
        )
        let plan = try Plan(
            network,
            layer: .pooled,
            height: 1,
            width: 2,
            parameters: FixedParameters(["bn": [.scale: [4], .shift: [1], .mean: [2], .variance: [3]]])
        )
        #expect(plan.run([3, -3]) == [3, 0])
    }

    /// Two convolutions of which the second adds what came before, with the pieces in a given order.
    func residualNetwork(hasActivation: Bool, tapBeforeSum: Bool = false) -> Network {
        var network = Network(channels: 2)
        let convolution = Convolution(inputs: 2, outputs: 2, window: Self.window)
        let x = network.activation(network.convolution("a", network.input, convolution), .relu)
        let y = network.convolution("b", x, convolution)
        var z = network.add(x, y)
        if hasActivation { z = network.activation(z, .relu6) }
        network.tap(.pooled, at: tapBeforeSum ? y : z)
        return network
    }

    @Test(arguments: [true, false], ProcessorLevel.available)
    func `a sum and an activation are fused into the convolution before them`(
        _ hasActivation: Bool,
        _ level: ProcessorLevel
    ) throws {
        var random = SeededGenerator(seed: 2)
        let a = random.floats(36)
        let b = random.floats(36)
        let pixels = random.floats(30)
        let plan = try Plan(
            residualNetwork(hasActivation: hasActivation),
            layer: .pooled,
            height: 5,
            width: 3,
            parameters: FixedParameters(["a": [.weight: a], "b": [.weight: b]]),
            settings: ExecutionSettings(arithmetic: .exact, level: level)
        )
        func convolve(_ map: DoubleReference.Map, _ weights: [Float]) -> DoubleReference.Map {
            DoubleReference.convolve(
                map.padded(1, 1, 1, 1, with: 0),
                weights.map { Double($0) },
                outputs: 2,
                kernel: (3, 3),
                stride: (1, 1),
                groups: 1
            )
        }
        var x = convolve(DoubleReference.Map(2, 5, 3, pixels), a)
        x.values = x.values.map { max($0, 0) }
        let sum = zip(x.values, convolve(x, b).values).map { $0 + $1 }
        #expect(plan.stepNames == ["a", "b"])
        #expect(relativeError(plan.run(pixels), hasActivation ? sum.map { min(max($0, 0), 6) } : sum) < 1e-6)
    }

    @Test func `the tapped value is not swallowed by a fusion`() throws {
        var random = SeededGenerator(seed: 2)
        let source = FixedParameters(["a": [.weight: random.floats(36)], "b": [.weight: random.floats(36)]])
        let plan = try Plan(
            residualNetwork(hasActivation: true, tapBeforeSum: true),
            layer: .pooled,
            height: 5,
            width: 3,
            parameters: source
        )
        let pixels = random.floats(30)
        #expect(plan.run(pixels).contains { $0 < 0 })
    }

    @Test func `layers after the tapped one are neither computed nor asked for`() throws {
        var network = Network(channels: 1)
        let convolution = Convolution(inputs: 1, outputs: 1, window: SlidingWindow(1))
        let x = network.convolution("wanted", network.input, convolution)
        network.tap(.pooled, at: x)
        network.tap("later", at: network.convolution("unwanted", x, convolution))
        let plan = try Plan(
            network,
            layer: .pooled,
            height: 2,
            width: 2,
            parameters: FixedParameters(["wanted": [.weight: [2]]])
        )
        #expect(plan.stepNames == ["wanted"])
        #expect(plan.run([1, 2, 3, 4]) == [2, 4, 6, 8])
    }

    @Test func `a negative variance is refused`() {
        var network = Network(channels: 1)
        network.tap(.pooled, at: network.batchNormalization("bn7", network.input, BatchNormalization(channels: 1)))
        let error = #expect(throws: RecError.self) {
            try Plan(
                network,
                layer: .pooled,
                height: 2,
                width: 2,
                parameters: FixedParameters(["bn7": [.scale: [1], .shift: [0], .mean: [0], .variance: [-0.5]]])
            )
        }
        #expect(error?.code == .corruptWeights)
        #expect(error?.message.contains("bn7") == true)
    }

    @Test func `a parameter with too few values is refused`() {
        let network = Network.single(
            .convolution(Convolution(inputs: 1, outputs: 2, window: SlidingWindow(1))),
            channels: 1
        )
        let error = #expect(throws: RecError.self) {
            try Plan(
                network,
                layer: .pooled,
                height: 2,
                width: 2,
                parameters: FixedParameters(["layer": [.weight: [1]]])
            )
        }
        #expect(error?.code == .misshapedTensor)
    }
}
