import RecCompute
import RecNetwork
import RecTesting
import Testing

@Suite struct ConvolutionTests {
    /// A convolution and an image to try it on; padding is top, left, bottom, right.
    struct Case: Sendable, CustomTestStringConvertible {
        var inputs = 3
        var outputs = 4
        var image = (height: 7, width: 9)
        var kernel = (height: 3, width: 3)
        var stride = (vertical: 1, horizontal: 1)
        var padding = (1, 1, 1, 1)
        var groups = 1

        var testDescription: String {
            "\(inputs)->\(outputs) of \(image), kernel \(kernel), stride \(stride), padding \(padding), groups \(groups)"
        }
    }

    static let cases = [
        Case(),
        Case(inputs: 1, outputs: 1, image: (1, 1), kernel: (1, 1), padding: (0, 0, 0, 0)),
        Case(inputs: 5, outputs: 7, image: (6, 5), kernel: (1, 1), padding: (0, 0, 0, 0)),
        Case(inputs: 5, outputs: 7, image: (7, 5), kernel: (1, 1), stride: (2, 2), padding: (0, 0, 0, 0)),
        Case(image: (13, 11), kernel: (7, 7), stride: (2, 2), padding: (3, 3, 3, 3)),
        Case(image: (8, 8), stride: (2, 2), padding: (0, 0, 1, 1)),
        Case(image: (5, 12), kernel: (2, 5), stride: (1, 3), padding: (1, 0, 0, 4)),
        Case(image: (2, 2), kernel: (5, 5), padding: (4, 4, 4, 4)),
        Case(inputs: 6, outputs: 4, groups: 2),
        Case(inputs: 6, outputs: 9, image: (5, 5), stride: (2, 1), groups: 3),
        Case(inputs: 8, outputs: 8, groups: 8),
        Case(inputs: 5, outputs: 5, image: (9, 6), kernel: (5, 5), stride: (2, 2), padding: (1, 2, 2, 2), groups: 5),
        Case(inputs: 3, outputs: 3, image: (1, 3), padding: (1, 1, 1, 1), groups: 3),
        Case(inputs: 4, outputs: 8, groups: 4),
    ]

    @Test(arguments: ProcessorLevel.available)
    func `a map of many strips is computed as one`(_ level: ProcessorLevel) throws {
        let convolution = Convolution(inputs: 16, outputs: 3, window: SlidingWindow(9, padding: .all(4)))
        var random = SeededGenerator(seed: 3)
        let pixels = random.floats(16 * 30 * 60)
        let source = FixedParameters(["layer": [.weight: random.floats(convolution.weightShape.reduce(1, *))]])
        let network = Network.single(.convolution(convolution), channels: 16)
        let settings = ExecutionSettings(level: level)
        let plan = try Plan(network, layer: .pooled, height: 30, width: 60, parameters: source, settings: settings)
        let expected = try ReferenceNetwork.run(network, pixels, height: 30, width: 60, source)
        #expect(relativeError(plan.run(pixels), expected) < ConvolutionAlgorithm.direct.errorBound)
    }

    @Test(arguments: [(7, 2, 3), (8, 2, 3), (8, 2, 5), (7, 1, 5), (9, 4, 3), (5, 3, 1)])
    func `SAME padding gives ceil of size by stride, with the odd row at the end`(
        _ size: Int,
        _ stride: Int,
        _ kernel: Int
    ) throws {
        let window = SlidingWindow(kernel, stride: stride, padding: .same)
        let convolution = Convolution(inputs: 1, outputs: 1, window: window)
        let weights = [Float](repeating: 1, count: kernel * kernel)
        let plan = try Plan(
            .single(.convolution(convolution), channels: 1),
            layer: .pooled,
            height: size,
            width: size,
            parameters: FixedParameters(["layer": [.weight: weights]])
        )
        let outputs = (size + stride - 1) / stride
        #expect(plan.output == FeatureMapShape(channels: 1, height: outputs, width: outputs))

        // With ones everywhere each output counts the input positions under its window.
        let missing = max((outputs - 1) * stride + kernel - size, 0)
        func covered(_ index: Int) -> Int {
            let start = index * stride - missing / 2
            return min(start + kernel, size) - max(start, 0)
        }
        let expected = (0..<outputs).flatMap { y in (0..<outputs).map { x in Float(covered(y) * covered(x)) } }
        #expect(plan.run([Float](repeating: 1, count: size * size)) == expected)
    }

    static func convolution(_ item: Case) -> Convolution {
        let padding = item.padding
        let window = SlidingWindow(
            height: item.kernel.height,
            width: item.kernel.width,
            verticalStride: item.stride.vertical,
            horizontalStride: item.stride.horizontal,
            padding: .explicit(top: padding.0, left: padding.1, bottom: padding.2, right: padding.3)
        )
        return Convolution(
            inputs: item.inputs,
            outputs: item.outputs,
            window: window,
            groups: item.groups,
            hasBias: true
        )
    }

    /// The layer `layer` of the parameters over an image, from the definition.
    static func definition(
        _ item: Case,
        _ pixels: [Float],
        _ parameters: FixedParameters
    ) throws -> DoubleReference.Map {
        let values = try #require(parameters.values["layer"])
        let bias = try #require(values[.bias])
        let padding = item.padding
        var result = DoubleReference.convolve(
            DoubleReference.Map(item.inputs, item.image.height, item.image.width, pixels)
                .padded(padding.0, padding.1, padding.2, padding.3, with: 0),
            try #require(values[.weight]).map { Double($0) },
            outputs: item.outputs,
            kernel: item.kernel,
            stride: item.stride,
            groups: item.groups
        )
        let pixels = result.height * result.width
        for index in result.values.indices { result.values[index] += Double(bias[index / pixels]) }
        return result
    }
}
