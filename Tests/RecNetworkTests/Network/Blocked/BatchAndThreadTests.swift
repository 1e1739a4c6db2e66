import RecCompute
import RecNetwork
import RecTesting
import Testing

/// An image's features are the same bits alone, in every batch and with every number of threads.
@Suite struct BatchAndThreadTests {
    /// A convolution over a map, and which way through its kernel it takes.
    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let algorithm: ConvolutionAlgorithm
        let channels: (Int, Int)
        let image: (height: Int, width: Int)
        var kernel = 3
        var stride = 1
        /// Whether unoptimised kernels are fast enough for it.
        var isSmall = true

        var testDescription: String { "\(algorithm), \(path)" }
    }

    static let cases = [
        Case(path: "depthwise", algorithm: .depthwise, channels: (20, 20), image: (9, 14)),
        // The product's sources: the map, a padded copy, laid out anew; images of one part and rows in several.
        Case(path: "all pixels in a row", algorithm: .direct, channels: (20, 40), image: (7, 9), kernel: 1),
        Case(path: "every second pixel", algorithm: .direct, channels: (20, 40), image: (9, 13), kernel: 1, stride: 2),
        Case(path: "padded copy", algorithm: .direct, channels: (12, 40), image: (6, 19)),
        Case(path: "padded copy, stride 2", algorithm: .direct, channels: (12, 40), image: (11, 23), stride: 2),
        Case(path: "gathered", algorithm: .direct, channels: (12, 40), image: (5, 7)),
        Case(path: "rows in parts", algorithm: .direct, channels: (160, 9), image: (8, 120), isSmall: false),
        Case(path: "pixels in parts", algorithm: .direct, channels: (160, 40), image: (36, 25), kernel: 1),
        // The images of a run are the pixels of one product.
        Case(path: "maps of one pixel", algorithm: .direct, channels: (20, 140), image: (1, 1), kernel: 1),
        // Groups of tiles: several of them, across the images' ends.
        Case(path: "groups of tiles", algorithm: .winograd2, channels: (24, 24), image: (19, 20)),
        Case(path: "groups of tiles", algorithm: .winograd4, channels: (24, 24), image: (19, 20)),
        Case(path: "groups of tiles", algorithm: .winograd6, channels: (24, 24), image: (19, 20)),
        Case(path: "groups of tiles", algorithm: .winograd7, channels: (24, 24), image: (19, 20)),
        Case(path: "groups of tiles, stride 2", algorithm: .winograd7, channels: (24, 24), image: (27, 20), stride: 2),
        // More than 2^21 transformed weights: all tiles through one panel of outputs after the other.
        Case(path: "staged", algorithm: .winograd2, channels: (368, 376), image: (7, 8), isSmall: false),
        Case(path: "staged", algorithm: .winograd4, channels: (232, 264), image: (14, 8), isSmall: false),
        Case(path: "staged", algorithm: .winograd6, channels: (184, 200), image: (14, 7), isSmall: false),
        Case(path: "staged", algorithm: .winograd7, channels: (168, 168), image: (14, 8), isSmall: false),
        Case(path: "staged, stride 2", algorithm: .winograd7, channels: (104, 104), image: (15, 13), stride: 2),
        // Filters of so many inputs that a row of positions is transformed in two parts; a last panel of one block.
        Case(path: "staged, in parts", algorithm: .winograd7, channels: (163, 70), image: (13, 14), stride: 2),
        Case(path: "staged, in parts", algorithm: .winograd7, channels: (603, 52), image: (7, 6), isSmall: false),
    ].filter { $0.isSmall || BuildMode.isOptimized }

    @Test(arguments: cases, [ProcessorLevel.scalar, .best])
    func `a convolution gives the same bits alone, in every batch and on every number of threads`(
        _ item: Case,
        _ level: ProcessorLevel
    ) throws {
        var random = SeededGenerator(seed: 21)
        let isDepthwise = item.algorithm == .depthwise
        let convolution = Convolution(
            inputs: item.channels.0,
            outputs: item.channels.1,
            window: SlidingWindow(item.kernel, stride: item.stride, padding: .all(item.kernel / 2)),
            groups: isDepthwise ? item.channels.0 : 1,
            hasBias: true
        )
        let layer = BlockedConvolution(
            convolution,
            tail: BlockedConvolution.Tail(activation: .relu),
            random: &random
        )
        let plans = try [1, 2, 3].map { threads in
            try layer.plan(item.image, item.algorithm, level, batch: 9, threads: threads)
        }
        let images = (0..<9).map { _ in random.floats(plans[0].input.count) }
        let alone = images.map { plans[0].run($0) }
        #expect(plans[0].stepAlgorithms.last == item.algorithm.rawValue)
        let expected = try layer.reference(item.image, images[0])
        #expect(relativeError(alone[0], expected) < max(item.algorithm.errorBound, 1e-5))
        #expect(alone[0] != alone[1])
        for plan in plans {
            let workspace = Workspace(for: plan)
            for count in [1, 2, 3, 5, 7, 9] {
                let found = plan.run(Array(images[..<count]), workspace)
                let expected = alone[..<count].flatMap(\.self)
                #expect(found == expected, "\(count) images on \(plan.settings.threads) threads")
            }
        }
    }

    @Test(arguments: [1, 8, 25, 37, 72], [1, 3])
    func `means of channels have the same bits at every level`(_ channels: Int, _ threads: Int) throws {
        var network = Network(channels: channels)
        network.tap(.pooled, at: network.globalAveragePooling(network.input))
        var random = SeededGenerator(seed: UInt64(channels))
        let images = (0..<5).map { _ in random.floats(channels * 15) }
        let expected = images.flatMap { image in
            (0..<channels).map { channel in
                Float((0..<15).reduce(0.0) { $0 + Double(image[channel * 15 + $1]) } / 15)
            }
        }
        for level in ProcessorLevel.available {
            let plan = try Plan(
                network,
                layer: .pooled,
                height: 3,
                width: 5,
                parameters: FixedParameters([:]),
                settings: ExecutionSettings(batch: 6, threads: threads, level: level)
            )
            #expect(plan.run(images) == expected)
        }
    }

    /// One image finds filters that were transformed when the plan was made; eight of them transform filters that were
    /// kept as they are.
    @Test(arguments: cases.filter { $0.path.hasPrefix("staged") && $0.algorithm == .winograd7 }, [1, 3])
    func `filters transformed in each run give the same bits as those transformed once`(
        _ item: Case,
        _ threads: Int
    ) throws {
        var random = SeededGenerator(seed: 23)
        let window = SlidingWindow(3, stride: item.stride, padding: .all(1))
        let (inputs, outputs) = item.channels
        let convolution = Convolution(inputs: inputs, outputs: outputs, window: window, hasBias: true)
        let layer = BlockedConvolution(convolution, random: &random)
        for level in ProcessorLevel.available {
            let once = try layer.plan(item.image, .winograd7, level, threads: threads)
            let each = try layer.plan(item.image, .winograd7, level, batch: 8, threads: threads)
            let filters = ((inputs + 7) / 8 * 8) * ((outputs + 7) / 8 * 8)
            #expect(once.parameterBytes == 4 * ((item.stride == 1 ? 81 : 225) * filters + outputs))
            #expect(each.parameterBytes == 4 * (9 * filters + outputs))
            let images = (0..<8).map { _ in random.floats(once.input.count) }
            let alone = images.flatMap { once.run($0) }
            #expect(each.run(images) == alone)
        }
    }

    @Test func `more images than a batch are computed in several runs`() throws {
        var random = SeededGenerator(seed: 22)
        let window = SlidingWindow(3, padding: .all(1))
        let convolution = Convolution(inputs: 3, outputs: 5, window: window, hasBias: true)
        let layer = BlockedConvolution(convolution, random: &random)
        let plan = try layer.plan((6, 5), .winograd4, batch: 3, threads: 2)
        let images = (0..<8).map { _ in random.floats(90) }
        let alone = images.flatMap { plan.run($0) }
        #expect(plan.run(images) == alone)
        let none = plan.run([[Float]]())
        #expect(none.isEmpty)
    }

    @Test(arguments: [1, 7, 8, 9, 16, 17], [1, 3])
    func `a fully connected layer reads maps of any number of planes`(_ channels: Int, _ threads: Int) throws {
        let map = FeatureMapShape(channels: channels, height: 2, width: 3)
        var network = Network(channels: channels)
        let dense = network.fullyConnected("fc", network.input, FullyConnected(input: map, outputs: 2 * channels + 3))
        network.tap(.pooled, at: network.activation(dense, .relu))
        var random = SeededGenerator(seed: UInt64(channels))
        let weights = random.floats((2 * channels + 3) * map.count)
        let bias = random.floats(2 * channels + 3)
        let images = (0..<5).map { _ in random.floats(map.count) }
        for level in ProcessorLevel.available {
            let plan = try Plan(
                network,
                layer: .pooled,
                height: 2,
                width: 3,
                parameters: FixedParameters(["fc": [.weight: weights, .bias: bias]]),
                settings: ExecutionSettings(batch: 4, threads: threads, level: level)
            )
            let expected = images.flatMap { image in
                bias.indices.map { output in
                    let products = (0..<map.count).map {
                        Double(weights[output * map.count + $0]) * Double(image[$0])
                    }
                    return max(products.reduce(Double(bias[output]), +), 0)
                }
            }
            let found = plan.run(images)
            let alone = images.flatMap { plan.run($0) }
            #expect(relativeError(found, expected) < 2e-6)
            #expect(found == alone)
        }
    }
}
