import RecCompute
import RecNetwork
import RecTesting
import Testing

/// Convolutions in bytes, against their definition.
@Suite struct QuantizedConvolutionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var inputs = 19
        var outputs = 37
        var size = (height: 9, width: 13)
        var window = SlidingWindow(1)
        var addsShortcut = false
        var activation: Activation?

        var testDescription: String {
            "\(inputs)->\(outputs) \(size) \(window) \(addsShortcut) \(String(describing: activation))"
        }
    }

    static let cases = [
        Case(), Case(inputs: 64, outputs: 64, activation: .relu), Case(inputs: 3, outputs: 1),
        Case(
            inputs: 16,
            outputs: 16,
            window: SlidingWindow(3, padding: .all(1)),
            addsShortcut: true,
            activation: .relu
        ),
        Case(window: SlidingWindow(3, padding: .all(1))), Case(window: SlidingWindow(3, stride: 2, padding: .same)),
        Case(window: SlidingWindow(1, stride: 2)), Case(window: SlidingWindow(5, padding: .all(2)), activation: .relu6),
        Case(inputs: 24, outputs: 24, addsShortcut: true), Case(outputs: 8, activation: .silu),
        Case(size: (1, 1), activation: .relu), Case(inputs: 40, size: (3, 3), window: SlidingWindow(3)),
        Case(inputs: 40, size: (7, 7), window: SlidingWindow(3, padding: .all(1)), activation: .sigmoid),
        Case(inputs: 300, outputs: 70, size: (14, 14)),
    ]

    static let range = ActivationRange(low: -0.9, high: 0.8)

    static func network(_ test: Case) -> (network: Network, parameters: FixedParameters) {
        var random = SeededGenerator(seed: 41)
        let convolution = Convolution(inputs: test.inputs, outputs: test.outputs, window: test.window, hasBias: true)
        let made = BlockedConvolution(
            convolution,
            tail: .init(addsShortcut: test.addsShortcut, activation: test.activation),
            random: &random
        )
        return (made.network, made.parameters)
    }

    static func plan(
        _ test: Case,
        _ level: ProcessorLevel = .best,
        batch: Int = 1,
        threads: Int = 1
    ) throws -> Plan {
        let (network, parameters) = network(test)
        return try Plan(
            network,
            layer: .pooled,
            height: test.size.height,
            width: test.size.width,
            parameters: parameters,
            settings: ExecutionSettings(batch: batch, threads: threads, arithmetic: .int8, level: level),
            ranges: ActivationRanges(ranges: ["max-pool": range])
        )
    }

    @Test(arguments: cases)
    func `sums are those of the rounded numbers, at every level`(_ test: Case) throws {
        var random = SeededGenerator(seed: 42)
        let pixels = random.floats(test.inputs * test.size.height * test.size.width)
        var (network, parameters) = Self.network(test)
        let rounded = pixels.map { pixel in
            Float(QuantizedReference.value(QuantizedReference.byte(Double(pixel), Self.range), Self.range))
        }
        let weights = try #require(parameters.values["layer"]?[.weight])
        parameters.values["layer"]?[.weight] = QuantizedReference.weights(weights, outputs: test.outputs).map {
            Float($0)
        }
        let expected = try ReferenceNetwork.run(
            network,
            rounded,
            height: test.size.height,
            width: test.size.width,
            parameters
        )
        network = Network()
        var outputs: [[Float]] = []
        for level in ProcessorLevel.available {
            let plan = try Self.plan(test, level)
            #expect(plan.stepAlgorithms.contains("int8"))
            let output = plan.run(pixels)
            #expect(relativeError(output, expected) < 2e-6, "\(level)")
            outputs.append(output)
        }
        guard test.activation.map({ [.relu, .relu6].contains($0) }) ?? true else { return }
        for output in outputs { #expect(output == outputs[0]) }
    }

    @Test(arguments: cases)
    func `batches and threads do not change a bit`(_ test: Case) throws {
        var random = SeededGenerator(seed: 43)
        let images = (0..<5).map { _ in random.floats(test.inputs * test.size.height * test.size.width) }
        let alone = try Self.plan(test)
        let expected = images.flatMap { alone.run($0) }
        for (batch, threads) in [(5, 1), (2, 2), (4, 2), (5, 3), (1, 4)] {
            #expect(try Self.plan(test, batch: batch, threads: threads).run(images) == expected, "\(batch) \(threads)")
        }
    }

    /// The greatest and the least sums: every pixel is 255 and every weight 127 or -127.
    @Test(arguments: ProcessorLevel.available, [Float(1), -1])
    func `no sum saturates`(_ level: ProcessorLevel, _ weight: Float) throws {
        var network = Network(channels: 512)
        let map = network.maxPooling(network.input, SlidingWindow(1))
        let convolution = Convolution(inputs: 512, outputs: 16, window: SlidingWindow(3))
        network.tap(.pooled, at: network.convolution("layer", map, convolution))
        let plan = try Plan(
            network,
            layer: .pooled,
            height: 3,
            width: 3,
            parameters: FixedParameters(["layer": [.weight: [Float](repeating: weight, count: 16 * 512 * 9)]]),
            settings: ExecutionSettings(arithmetic: .int8, level: level),
            ranges: ActivationRanges(ranges: ["max-pool": ActivationRange(low: 0, high: 255)])
        )
        let output = plan.run([Float](repeating: 255, count: 512 * 9))
        #expect(output == [Float](repeating: weight * 255 * 512 * 9, count: 16))
    }
}
