import Foundation
import RecCompute
import RecNetwork
import RecTesting
import Testing

/// Every convolution of the ResNets, the VGGs and EfficientNet-Lite0 through every algorithm that can compute it, against
/// sums in double precision.
///
/// Inputs are like those behind a ReLU, max(x, 0) of normal numbers, weights normal with variance 2 / inputs (He and
/// others 2015), as in the study that the bounds come from: the largest error of a value relative to the root mean
/// square of all.
@Suite(.serialized, .enabled(if: BuildMode.isOptimized, "unoptimised kernels take minutes for these maps"))
struct BackboneLayerTests {
    /// A convolution and the map it is given.
    struct Shape: Sendable, Hashable, CustomTestStringConvertible {
        let convolution: Convolution
        let input: FeatureMapShape

        /// Whether the scalar kernels are fast enough for it.
        var isSmall: Bool { input.pixels * convolution.weightShape.reduce(1, *) < 128 << 20 }

        var testDescription: String {
            let window = convolution.window
            let kind = convolution.isDepthwise ? "depthwise " : ""
            return
                "\(kind)\(window.height)x\(window.width)/\(window.verticalStride) of \(input) to \(convolution.outputs), "
                + "\(window.padding)"
        }
    }

    /// The networks of these families.
    static let networks: [Network] = {
        let basic = [[2, 2, 2, 2], [3, 4, 6, 3]].map { ResNet(block: .basic, blocks: $0).network() }
        let bottlenecks = [[3, 4, 6, 3], [3, 4, 23, 3], [3, 8, 36, 3]].flatMap { blocks in
            [ResNet.Style.torchvision, .keras, .kerasLegacy].map {
                ResNet(block: .bottleneck, blocks: blocks).network($0)
            }
        }
        let plain = [[1, 1, 2, 2, 2], [2, 2, 2, 2, 2], [2, 2, 3, 3, 3], [2, 2, 4, 4, 4]].map {
            VGG(convolutions: $0).network()
        }
        return basic + bottlenecks + plain + [InvertedResiduals.efficientNetLite0.network(.tensorFlow)]
    }()

    static let shapes: [Shape] = {
        var shapes: [Shape] = []
        for network in networks {
            guard let found = try? network.convolutions(for: .pooled, height: 224, width: 224) else { continue }
            for (convolution, input) in found {
                // A bias changes nothing here.
                let plain = Convolution(
                    inputs: convolution.inputs,
                    outputs: convolution.outputs,
                    window: convolution.window,
                    groups: convolution.groups
                )
                shapes.append(Shape(convolution: plain, input: input))
            }
        }
        return Set(shapes).sorted { $0.testDescription < $1.testDescription }
    }()

    /// Normal numbers: Box and Muller 1958.
    static let noise: [Float] = {
        var random = SeededGenerator(seed: 51)
        return (0..<(1 << 21)).flatMap { _ in
            let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &random))).squareRoot()
            let angle = 2 * Double.pi * Double.random(in: 0..<1, using: &random)
            return [Float(radius * cos(angle)), Float(radius * sin(angle))]
        }
    }()

    /// `count` of the numbers, from a place on that depends on the seed.
    static func normal(_ count: Int, seed: Int) -> [Float] {
        (0..<count).map { noise[($0 + seed * 999_983) & (noise.count - 1)] }
    }

    @Test func `the backbones have convolutions of many shapes`() {
        #expect(Self.shapes.count > 60)
        for algorithm in ConvolutionAlgorithm.allCases {
            #expect(Self.shapes.contains { algorithm.supports($0.convolution) }, "\(algorithm)")
        }
        #expect(Self.shapes.contains { $0.input.height == 224 && $0.input.channels == 64 })
        #expect(Self.shapes.filter(\.isSmall).count > 20)
        for algorithm in ConvolutionAlgorithm.allCases {
            #expect(Self.shapes.contains { $0.isSmall && algorithm.supports($0.convolution) }, "\(algorithm)")
        }
    }

    @Test(arguments: shapes)
    func `every algorithm keeps to its error bound`(_ shape: Shape) throws {
        let convolution = shape.convolution
        let filter = convolution.weightShape[1...].reduce(1, *)
        let scale = (2 / Float(filter)).squareRoot()
        let weights = Self.normal(convolution.outputs * filter, seed: 1).map { $0 * scale }
        let pixels = Self.normal(shape.input.count, seed: 2).map { max($0, 0) }

        // Sums in double precision take long: eight of the output planes, the first and the last among them.
        let step = convolution.isDepthwise ? 1 : max((convolution.outputs - 1) / 7, 1)
        let planes = Array(stride(from: 0, to: convolution.outputs - 1, by: step)) + [convolution.outputs - 1]
        let part = Convolution(
            inputs: convolution.inputs,
            outputs: planes.count,
            window: convolution.window,
            groups: convolution.isDepthwise ? planes.count : 1
        )
        let expected = try ReferenceNetwork.run(
            .single(.convolution(part), channels: part.inputs),
            pixels,
            height: shape.input.height,
            width: shape.input.width,
            FixedParameters(["layer": [.weight: planes.flatMap { weights[$0 * filter..<($0 + 1) * filter] }]])
        )

        // Behind another layer, as the image itself is read by the direct product alone.
        var network = Network(channels: convolution.inputs)
        let map = network.maxPooling(network.input, SlidingWindow(1))
        network.tap(.pooled, at: network.convolution("layer", map, convolution))
        var networks = ConvolutionAlgorithm.allCases.filter { $0.supports(convolution) }.map { ($0, network) }
        if convolution.inputs == 3 { networks.append((.direct, .single(.convolution(convolution), channels: 3))) }
        for (algorithm, network) in networks {
            for level in shape.isSmall ? ProcessorLevel.available : [.best] {
                let found = try output(network, shape, weights: weights, pixels, algorithm, level)
                let size = found.pixels
                let values = planes.flatMap { found.values[$0 * size..<($0 + 1) * size] }
                #expect(found.algorithm == algorithm.rawValue)
                #expect(relativeError(values, expected) < algorithm.errorBound, "\(algorithm), \(level)")
            }
        }
    }

    private func output(
        _ network: Network,
        _ shape: Shape,
        weights: [Float],
        _ pixels: [Float],
        _ algorithm: ConvolutionAlgorithm,
        _ level: ProcessorLevel
    ) throws -> (values: [Float], pixels: Int, algorithm: String) {
        let plan = try Plan(
            network,
            layer: .pooled,
            height: shape.input.height,
            width: shape.input.width,
            parameters: FixedParameters(["layer": [.weight: weights]]),
            settings: ExecutionSettings(batch: 1, level: level),
            preferring: algorithm
        )
        return (plan.run(pixels), plan.output.pixels, plan.stepAlgorithms.last ?? "")
    }
}
