import RecCompute
import RecNetwork
import RecTesting
import Testing

/// Every algorithm on blocks of planes, with the kernels of every level, against the definition in double
/// precision.
@Suite struct BlockedConvolutionTests {
    typealias Case = ConvolutionTests.Case

    /// Channels that fill a block of 8 or a panel of 16, and all kinds of tails.
    static let channels = [
        (1, 1), (2, 3), (7, 8), (8, 9), (9, 7), (12, 15), (15, 16), (16, 17), (17, 20), (20, 23), (23, 24), (24, 12),
    ].map { Case(inputs: $0, outputs: $1, image: (5, 11)) }

    /// Maps smaller than a tile, whole numbers of tiles, and with tiles cut off at the right and bottom.
    static let sizes = [(1, 1), (1, 5), (6, 1), (2, 3), (4, 8), (6, 12), (7, 14), (8, 15), (13, 9), (17, 22)].flatMap {
        size in
        [Case(outputs: 9, image: size), Case(outputs: 9, image: size, stride: (2, 2))]
    }

    /// Padding on some sides only, and more than the window can need.
    static let paddings = [(0, 0, 0, 0), (1, 0, 0, 2), (0, 2, 1, 0), (2, 2, 2, 2), (0, 0, 1, 1), (2, 0, 0, 0)].flatMap {
        padding in
        [
            Case(image: (9, 11), padding: padding),
            Case(image: (9, 11), stride: (2, 2), padding: padding),
            Case(image: (10, 14), stride: (2, 2), padding: padding),
        ]
    }

    /// Windows that the product finds in the map, in a padded copy, or laid out anew; wide and narrow rows.
    static let windows = [
        Case(inputs: 9, outputs: 17, image: (3, 4), kernel: (1, 1), padding: (0, 0, 0, 0)),
        Case(inputs: 9, outputs: 17, image: (5, 5), kernel: (1, 1), padding: (0, 0, 0, 0)),
        Case(inputs: 8, outputs: 8, image: (1, 13), kernel: (1, 1), padding: (0, 0, 0, 0)),
        Case(inputs: 9, outputs: 17, image: (9, 24), kernel: (1, 1), stride: (2, 2), padding: (0, 0, 0, 0)),
        Case(inputs: 9, outputs: 17, image: (7, 8), kernel: (1, 1), stride: (3, 1), padding: (0, 0, 0, 0)),
        Case(inputs: 9, outputs: 10, image: (6, 25), kernel: (3, 3), padding: (0, 0, 0, 0)),
        Case(inputs: 9, outputs: 10, image: (6, 25), kernel: (3, 3), stride: (2, 2), padding: (0, 0, 0, 0)),
        Case(inputs: 9, outputs: 10, image: (6, 34), kernel: (2, 4), stride: (1, 3), padding: (1, 0, 0, 3)),
        Case(inputs: 4, outputs: 10, image: (9, 9), kernel: (7, 7), stride: (2, 2), padding: (3, 3, 3, 3)),
        Case(inputs: 4, outputs: 10, image: (11, 29), kernel: (7, 7), stride: (2, 2), padding: (3, 3, 3, 3)),
    ]

    /// Filters of one plane: the windows that have a kernel of their own, others, and rows of 1 to 19 pixels.
    static let depthwise = [
        (3, 1, (7, 19), 1), (3, 1, (2, 1), 1), (3, 2, (9, 26), 1), (3, 2, (8, 3), 1), (5, 1, (9, 17), 2),
        (5, 1, (2, 2), 2), (5, 2, (12, 23), 2), (5, 2, (3, 30), 2), (2, 1, (5, 9), 0), (7, 3, (11, 20), 3),
        (7, 1, (8, 18), 3), (7, 1, (5, 33), 3),
    ].flatMap { kernel, stride, image, padding in
        [3, 8, 13].map { channels in
            Case(
                inputs: channels,
                outputs: channels,
                image: image,
                kernel: (kernel, kernel),
                stride: (stride, stride),
                padding: (padding, padding, max(padding - 1, 0), padding),
                groups: channels
            )
        }
    }

    /// Groups that share blocks and panels, or have some of their own.
    static let grouped = [(4, 4, 2), (12, 20, 4), (32, 64, 8), (24, 8, 4), (40, 80, 5), (34, 34, 17)].flatMap {
        inputs,
        outputs,
        groups in
        [
            Case(inputs: inputs, outputs: outputs, image: (5, 12), groups: groups),
            Case(inputs: inputs, outputs: outputs, image: (6, 7), stride: (2, 2), groups: groups),
            Case(
                inputs: inputs,
                outputs: outputs,
                image: (4, 9),
                kernel: (1, 1),
                padding: (0, 0, 0, 0),
                groups: groups
            ),
        ]
    }

    static let cases =
        ConvolutionTests.cases + channels + sizes + paddings + windows + depthwise + grouped

    @Test(arguments: cases, ProcessorLevel.available)
    func `every algorithm agrees with the definition in double precision`(_ item: Case, _ level: ProcessorLevel) throws
    {
        let convolution = ConvolutionTests.convolution(item)
        var random = SeededGenerator(seed: 7)
        let layer = BlockedConvolution(convolution, random: &random)
        let pixels = random.floats(item.inputs * item.image.height * item.image.width)
        let expected = try ConvolutionTests.definition(item, pixels, layer.parameters)
        // A single output may be nearly zero by chance; what is summed to it is not.
        let magnitude = Double(convolution.weightShape[1...].reduce(1, *)).squareRoot() / 3
        for algorithm in ConvolutionAlgorithm.allCases where algorithm.supports(convolution) {
            let plan = try layer.plan(item.image, algorithm, level)
            #expect(
                plan.output
                    == FeatureMapShape(channels: item.outputs, height: expected.height, width: expected.width)
            )
            // One plane to one plane is depthwise, whatever was asked for.
            #expect(plan.stepAlgorithms.last == (convolution.isDepthwise ? "depthwise" : algorithm.rawValue))
            let error = relativeError(plan.run(pixels), expected.values, atLeast: magnitude)
            #expect(error < algorithm.errorBound, "\(algorithm)")
        }
    }

    /// The image comes in planes, which the product of a first layer reads as they are.
    @Test(arguments: ConvolutionTests.cases + windows, ProcessorLevel.available)
    func `the image is read in planes`(_ item: Case, _ level: ProcessorLevel) throws {
        let convolution = ConvolutionTests.convolution(item)
        guard convolution.groups == 1 else { return }
        var random = SeededGenerator(seed: 8)
        let weights = random.floats(convolution.weightShape.reduce(1, *))
        let parameters = FixedParameters(["layer": [.weight: weights, .bias: random.floats(item.outputs)]])
        let pixels = random.floats(item.inputs * item.image.height * item.image.width)
        let expected = try ConvolutionTests.definition(item, pixels, parameters)
        let plan = try Plan(
            .single(.convolution(convolution), channels: item.inputs),
            layer: .pooled,
            height: item.image.height,
            width: item.image.width,
            parameters: parameters,
            settings: ExecutionSettings(level: level),
            preferring: .winograd4
        )
        #expect(plan.stepAlgorithms == ["direct"])
        #expect(relativeError(plan.run(pixels), expected.values) < 2e-6)
    }

    @Test(arguments: [(7, 2, 3), (8, 2, 3), (9, 1, 3), (14, 2, 3), (15, 1, 3)], ConvolutionAlgorithm.allCases)
    func `SAME padding agrees with the reference`(
        _ shape: (size: Int, stride: Int, kernel: Int),
        _ algorithm: ConvolutionAlgorithm
    ) throws {
        let window = SlidingWindow(shape.kernel, stride: shape.stride, padding: .same)
        let groups = algorithm == .depthwise ? 10 : 1
        let convolution = Convolution(inputs: 10, outputs: 10, window: window, groups: groups, hasBias: true)
        guard algorithm.supports(convolution) else { return }
        var random = SeededGenerator(seed: 9)
        let layer = BlockedConvolution(convolution, random: &random)
        let image = (shape.size, shape.size + 1)
        let pixels = random.floats(10 * image.0 * image.1)
        let expected = try layer.reference(image, pixels)
        #expect(relativeError(try layer.plan(image, algorithm).run(pixels), expected) < algorithm.errorBound)
    }

    static let tails: [BlockedConvolution.Tail] = [false, true].flatMap { addsShortcut in
        [nil, .relu, .relu6].map { BlockedConvolution.Tail(addsShortcut: addsShortcut, activation: $0) }
    }

    @Test(arguments: tails, [1, 2])
    func `a sum and an activation are applied where values are stored`(
        _ tail: BlockedConvolution.Tail,
        _ stride: Int
    ) throws {
        for algorithm in ConvolutionAlgorithm.allCases {
            let window = SlidingWindow(3, stride: stride, padding: .all(1))
            let groups = algorithm == .depthwise ? 11 : 1
            let convolution = Convolution(inputs: 11, outputs: 11, window: window, groups: groups, hasBias: true)
            guard algorithm.supports(convolution) else { continue }
            var random = SeededGenerator(seed: 10)
            let layer = BlockedConvolution(convolution, tail: tail, random: &random)
            let pixels = random.floats(11 * 15 * 13)
            let expected = try layer.reference((15, 13), pixels)
            for level in ProcessorLevel.available {
                let plan = try layer.plan((15, 13), algorithm, level)
                #expect(plan.stepNames.last == "layer", "something was not fused")
                #expect(relativeError(plan.run(pixels), expected) < algorithm.errorBound, "\(algorithm) \(level)")
            }
        }
    }

    @Test(
        arguments: [(2, 2), (3, 3), (4, 4), (5, 8), (7, 7), (12, 13), (14, 6), (15, 17)],
        [nil, Activation.relu6]
    )
    func `the maximum of 2x2 pixels is taken on the way back from Winograd's transforms`(
        _ size: (Int, Int),
        _ activation: Activation?
    ) throws {
        let window = SlidingWindow(3, padding: .all(1))
        let convolution = Convolution(inputs: 9, outputs: 12, window: window, hasBias: true)
        var random = SeededGenerator(seed: 11)
        let tail = BlockedConvolution.Tail(activation: activation, pools: true)
        let layer = BlockedConvolution(convolution, tail: tail, random: &random)
        let pixels = random.floats(9 * size.0 * size.1)
        let expected = try layer.reference(size, pixels)
        for algorithm in [ConvolutionAlgorithm.direct, .winograd2, .winograd4, .winograd6, .winograd7] {
            for level in ProcessorLevel.available {
                let plan = try layer.plan(size, algorithm, level)
                let isFused = [.winograd2, .winograd4, .winograd6].contains(algorithm)
                #expect(plan.stepNames.last == (isFused ? "layer" : "max-pool"))
                #expect(plan.output == FeatureMapShape(channels: 12, height: size.0 / 2, width: size.1 / 2))
                #expect(relativeError(plan.run(pixels), expected) < algorithm.errorBound, "\(algorithm) \(level)")
            }
        }
    }
}
