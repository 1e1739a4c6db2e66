import RecCore
import RecNetwork
import RecTesting
import Testing

@Suite struct LayerTests {
    @Test(arguments: [
        (7, 9, 2, 2, 0), (8, 8, 2, 2, 0), (7, 7, 3, 2, 1), (6, 11, 3, 2, 1), (5, 4, 3, 1, 2), (1, 1, 3, 2, 1),
    ])
    func `max-pooling takes the maximum of what lies under the window, never of padding`(
        _ height: Int,
        _ width: Int,
        _ kernel: Int,
        _ stride: Int,
        _ padding: Int
    ) throws {
        var random = SeededGenerator(seed: 5)
        let pixels = random.floats(2 * height * width).map { $0 - 2 }  // all negative: zero padding would win
        let window = SlidingWindow(kernel, stride: stride, padding: .all(padding))
        let plan = try Plan(
            .single(.maxPooling(window), channels: 2),
            layer: .pooled,
            height: height,
            width: width,
            parameters: FixedParameters([:])
        )
        let padded = DoubleReference.Map(2, height, width, pixels)
            .padded(padding, padding, padding, padding, with: -.infinity)
        let expected = DoubleReference.maximum(padded, kernel: (kernel, kernel), stride: (stride, stride))
        #expect(plan.output == FeatureMapShape(channels: 2, height: expected.height, width: expected.width))
        #expect(plan.run(pixels).map { Double($0) } == expected.values)
    }

    @Test func `global average pooling is the mean of each plane`() throws {
        let plan = try Plan(
            .single(.globalAveragePooling, channels: 2),
            layer: .pooled,
            height: 2,
            width: 3,
            parameters: FixedParameters([:])
        )
        #expect(plan.run([1, 2, 3, 4, 5, 6, -1, -1, -1, -1, -1, 8]) == [3.5, 0.5])
    }

    @Test(
        arguments: [
            (Activation.relu, [-3, -0.5, 0, 0.5, 6, 7], [0, 0, 0, 0.5, 6, 7]),
            (.relu6, [-3, -0.5, 0, 0.5, 6, 7], [0, 0, 0, 0.5, 6, 6]),
        ] as [(Activation, [Float], [Float])]
    )
    func `an activation cuts values off`(_ activation: Activation, _ pixels: [Float], _ expected: [Float]) throws {
        let plan = try Plan(
            .single(.activation(activation), channels: 1),
            layer: .pooled,
            height: 1,
            width: 6,
            parameters: FixedParameters([:])
        )
        #expect(plan.run(pixels) == expected)
        #expect(plan.run([.nan, 1, 1, 1, 1, 1])[0].isNaN)
    }

    @Test func `a sum adds two maps`() throws {
        var network = Network(channels: 1)
        let pooled = network.maxPooling(network.input, SlidingWindow(1))
        network.tap(.pooled, at: network.activation(network.add(pooled, network.input), .relu))
        let plan = try Plan(network, layer: .pooled, height: 1, width: 3, parameters: FixedParameters([:]))
        #expect(plan.run([1, -2, 3]) == [2, 0, 6])
    }

    @Test func `a fully connected layer reads a map in CHW order`() throws {
        let map = FeatureMapShape(channels: 2, height: 2, width: 3)
        var network = Network(channels: 2)
        let dense = network.fullyConnected("fc", network.input, FullyConnected(input: map, outputs: 5))
        network.tap(.pooled, at: network.activation(dense, .relu))
        var random = SeededGenerator(seed: 11)
        let weights = random.floats(60)
        let bias = random.floats(5)
        let pixels = random.floats(12)
        let plan = try Plan(
            network,
            layer: .pooled,
            height: 2,
            width: 3,
            parameters: FixedParameters(["fc": [.weight: weights, .bias: bias]])
        )
        let expected = (0..<5).map { output in
            max(
                0,
                Double(bias[output])
                    + (0..<12).reduce(0.0) { $0 + Double(weights[output * 12 + $1] * 1) * Double(pixels[$1]) }
            )
        }
        #expect(plan.output == FeatureMapShape(channels: 5))
        #expect(relativeError(plan.run(pixels), expected) < 1e-6)
    }

    @Test func `a layer that cannot take its input is reported by name, with both shapes`() {
        var network = Network(channels: 3)
        let window = SlidingWindow(3)
        let x = network.convolution("first", network.input, Convolution(inputs: 3, outputs: 8, window: window))
        let y = network.convolution("second", x, Convolution(inputs: 4, outputs: 8, window: window))
        network.tap(.pooled, at: y)
        let error = #expect(throws: RecError.self) {
            try Plan(network, layer: .pooled, height: 9, width: 9, parameters: FixedParameters([:]))
        }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("'second' takes 4 planes and is given 8x7x7") == true)
    }

    @Test func `an image too small for a window is reported`() {
        let convolution = Convolution(inputs: 1, outputs: 1, window: SlidingWindow(5))
        let error = #expect(throws: RecError.self) {
            try Plan(
                .single(.convolution(convolution), channels: 1),
                layer: .pooled,
                height: 4,
                width: 9,
                parameters: FixedParameters([:])
            )
        }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("5x5") == true)
    }

    @Test(arguments: [0, -1, Plan.largestSide + 1, Int.max])
    func `an image size out of range is refused`(_ size: Int) {
        let error = #expect(throws: RecError.self) {
            try Plan(
                .single(.globalAveragePooling, channels: 1),
                layer: .pooled,
                height: size,
                width: 8,
                parameters: FixedParameters([:])
            )
        }
        #expect(error?.code == .invalidSetting)
    }

    @Test func `a layer that is not tapped is unknown`() {
        let error = #expect(throws: RecError.self) {
            try Plan(
                .single(.globalAveragePooling, channels: 1),
                layer: "fc9",
                height: 8,
                width: 8,
                parameters: FixedParameters([:])
            )
        }
        #expect(error?.code == .unknownLayer)
        #expect(error?.message.contains("pooled") == true)
    }
}
