import RecCompute
import RecNetwork
import RecTesting
import Testing

/// The kernels of each level do the same; only the roundings that fused multiply-adds leave out differ.
@Suite(.enabled(if: ProcessorLevel.available.count > 1, "this processor runs the scalar kernels only"))
struct KernelLevelTests {
    static let layers: [(String, Layer)] = [
        ("1x1", .convolution(Convolution(inputs: 11, outputs: 20, window: SlidingWindow(1), hasBias: true))),
        ("3x3", .convolution(Convolution(inputs: 11, outputs: 20, window: window(3), hasBias: true))),
        ("3x3 s2", .convolution(Convolution(inputs: 11, outputs: 20, window: window(3, stride: 2), hasBias: true))),
        ("depthwise", .convolution(Convolution(inputs: 11, outputs: 11, window: window(5), groups: 11, hasBias: true))),
        ("normalisation", .batchNormalization(BatchNormalization(channels: 11))),
        ("maximum", .maxPooling(SlidingWindow(3, stride: 2, padding: .all(1)))),
        ("relu", .activation(.relu)), ("relu6", .activation(.relu6)), ("mean", .globalAveragePooling),
        (
            "dense",
            .fullyConnected(FullyConnected(input: FeatureMapShape(channels: 11, height: 9, width: 13), outputs: 100))
        ),
    ]

    private static func window(_ size: Int, stride: Int = 1) -> SlidingWindow {
        SlidingWindow(size, stride: stride, padding: .all(size / 2))
    }

    static let names = layers.map(\.0)

    static func outputs(
        _ name: String,
        _ algorithm: ConvolutionAlgorithm,
        _ pixels: [Float]
    ) throws -> [ProcessorLevel: [Float]] {
        let layer = try #require(layers.first { $0.0 == name }).1
        var network = Network(channels: 11)
        let map = network.maxPooling(network.input, SlidingWindow(1))
        network.tap(.pooled, at: network.append("layer", layer, [map]))
        var random = SeededGenerator(seed: 31)
        var parameters: [Parameter.Role: [Float]] = [:]
        for parameter in network.parameters {
            parameters[parameter.role] = random.floats(parameter.count).map {
                parameter.role == .variance ? $0 + 2 : $0
            }
        }
        var results: [ProcessorLevel: [Float]] = [:]
        for level in ProcessorLevel.available {
            results[level] = try Plan(
                network,
                layer: .pooled,
                height: 9,
                width: 13,
                parameters: FixedParameters(["layer": parameters]),
                settings: ExecutionSettings(level: level),
                preferring: algorithm
            ).run(pixels)
        }
        return results
    }

    @Test(arguments: names)
    func `all levels agree up to rounding`(_ name: String) throws {
        var random = SeededGenerator(seed: 32)
        let pixels = random.floats(11 * 9 * 13)
        for algorithm in [ConvolutionAlgorithm.direct, .winograd2, .winograd4, .winograd6, .winograd7] {
            let outputs = try Self.outputs(name, algorithm, pixels)
            let scalar = try #require(outputs[.scalar]).map { Double($0) }
            for (level, output) in outputs {
                #expect(
                    relativeError(output, scalar) < max(2e-6, algorithm.errorBound / 5),
                    "\(algorithm) \(level)"
                )
            }
        }
    }

    /// What kind of number each value is.
    static func kinds(_ values: [Float]) -> [FloatingPointClassification?] {
        values.map { $0.isNaN || $0.isInfinite ? $0.floatingPointClass : nil }
    }

    @Test(arguments: names, [Float.nan, .infinity, -.infinity])
    func `NaN and infinity go the same way through all levels`(_ name: String, _ bad: Float) throws {
        var random = SeededGenerator(seed: 33)
        var pixels = random.floats(11 * 9 * 13)
        pixels[3 * 117 + 5 * 13 + 6] = bad
        let outputs = try Self.outputs(name, .direct, pixels)
        let scalar = Self.kinds(try #require(outputs[.scalar]))
        for (level, output) in outputs { #expect(Self.kinds(output) == scalar, "\(level)") }
        if bad.isNaN { #expect(scalar.contains { $0 == .quietNaN || $0 == .signalingNaN }) }
    }

    @Test(arguments: [ConvolutionAlgorithm.winograd2, .winograd4, .winograd6, .winograd7], [Float.nan, .infinity])
    func `what is not finite is not hidden by Winograd's transforms`(
        _ algorithm: ConvolutionAlgorithm,
        _ bad: Float
    ) throws {
        var random = SeededGenerator(seed: 34)
        var pixels = random.floats(11 * 9 * 13)
        pixels[3 * 117 + 5 * 13 + 6] = bad
        let direct = Self.kinds(try #require(try Self.outputs("3x3", .direct, pixels)[.best]))
        for (level, output) in try Self.outputs("3x3", algorithm, pixels) {
            let found = Self.kinds(output)
            #expect(zip(direct, found).allSatisfy { $0 == nil || $1 != nil }, "\(level)")
        }
    }

    /// Lanes do not depend on each other, so wider tiles change no bits.
    @Test(arguments: [1, 2], 1...60)
    func `all levels with fused multiply-adds have the same bits in a product`(_ stride: Int, _ pixels: Int) throws {
        let window = SlidingWindow(1, stride: stride)
        // Of the 13 blocks of outputs, tiles of few pixels take 8 and 4 at a time.
        let convolution = Convolution(inputs: 20, outputs: 100, window: window, hasBias: true)
        var random = SeededGenerator(seed: UInt64(pixels))
        let layer = BlockedConvolution(convolution, tail: BlockedConvolution.Tail(activation: .silu), random: &random)
        let map = random.floats(20 * pixels)
        let results = try ProcessorLevel.available.filter { $0 != .scalar }.map {
            try layer.plan((1, pixels), .direct, $0).run(map)
        }
        #expect(results.allSatisfy { $0 == results[0] })
    }

    /// Sums of more than 1,024 terms are made part by part, of which each but the first adds to the one before.
    @Test(arguments: 1...7)
    func `all levels with fused multiply-adds have the same bits in a long product of few pixels`(_ pixels: Int) throws
    {
        let convolution = Convolution(inputs: 1100, outputs: 1100, window: SlidingWindow(1), hasBias: true)
        var random = SeededGenerator(seed: UInt64(pixels))
        let tail = BlockedConvolution.Tail(addsShortcut: true, activation: .hardSwish)
        let layer = BlockedConvolution(convolution, tail: tail, random: &random)
        let map = random.floats(1100 * pixels)
        let results = try ProcessorLevel.available.filter { $0 != .scalar }.map {
            try layer.plan((1, pixels), .direct, $0).run(map)
        }
        #expect(results.allSatisfy { $0 == results[0] })
        let scalar = try layer.plan((1, pixels), .direct, .scalar).run(map)
        #expect(results.allSatisfy { relativeError($0, scalar.map { Double($0) }, atLeast: 10) < 1e-5 })
    }

    @Test(arguments: [3, 5, 7], 1...35)
    func `all levels with fused multiply-adds have the same bits in a depthwise convolution`(
        _ kernel: Int,
        _ width: Int
    ) throws {
        var random = SeededGenerator(seed: UInt64(width))
        let half = kernel / 2
        // As much as half of the window is outside, or less, or more, where rows are not computed in pairs of pixels.
        for (left, right) in [(half, half), (0, half), (half, 1), (half + 1, 0)] {
            guard width + left + right >= kernel else { continue }
            let padding = Padding.explicit(top: half, left: left, bottom: half, right: right)
            let convolution = Convolution(
                inputs: 12,
                outputs: 12,
                window: SlidingWindow(kernel, padding: padding),
                groups: 12,
                hasBias: true
            )
            for activation in [Activation.relu6, .hardSwish] {
                let isSame = left + right == kernel - 1
                let tail = BlockedConvolution.Tail(
                    addsShortcut: isSame && activation == .relu6,
                    activation: activation
                )
                let layer = BlockedConvolution(convolution, tail: tail, random: &random)
                let map = random.floats(12 * 4 * width)
                let results = try ProcessorLevel.available.filter { $0 != .scalar }.map {
                    try layer.plan((4, width), .depthwise, $0).run(map)
                }
                #expect(results.allSatisfy { $0 == results[0] })
            }
        }
    }
}
