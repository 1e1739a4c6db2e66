/// Residual networks by their numbers: kind of block, blocks per stage, width.
///
/// He, Zhang, Ren and Sun 2015, arXiv:1512.03385. The layers are named as in torchvision: `conv1`, `bn1`,
/// `layer1.0.conv1`, `layer1.0.bn1`, `layer1.0.downsample.0`, ..., `fc`.
public struct ResNet: Sendable, Hashable {
    /// The kind of a residual block.
    public enum Block: Sendable, Hashable {
        /// Two 3x3 convolutions.
        case basic
        /// 1x1, 3x3 and 1x1 convolutions, the last four times as wide.
        case bottleneck

        /// The ratio of the output's width to the block's.
        var expansion: Int { self == .basic ? 1 : 4 }
    }

    /// The differences between libraries for the same network.
    package struct Style: Sendable, Hashable {
        /// Whether a bottleneck takes its stride in the first 1x1 convolution (v1), not in the 3x3 one (v1.5).
        package var hasStrideFirst: Bool
        /// Whether convolutions have a bias.
        package var hasBias: Bool
        /// The epsilon of the batch normalisations.
        package var epsilon: Double

        /// Creates a style.
        package init(hasStrideFirst: Bool, hasBias: Bool, epsilon: Double) {
            self.hasStrideFirst = hasStrideFirst
            self.hasBias = hasBias
            self.epsilon = epsilon
        }

        /// PyTorch's: "v1.5".
        package static let torchvision = Style(hasStrideFirst: false, hasBias: false, epsilon: 1e-5)
        /// Keras's since 2019 (`keras.applications.resnet`).
        package static let keras = Style(hasStrideFirst: true, hasBias: true, epsilon: 1.001e-5)
        /// Keras's until 2019 (`keras_applications.resnet50`).
        package static let kerasLegacy = Style(hasStrideFirst: true, hasBias: true, epsilon: 1e-3)
    }

    /// The kind of the blocks.
    package var block: Block
    /// Blocks per stage: four stages; each after the first halves the map and doubles the width.
    package var blocks: [Int]
    /// Channels of the first stage's blocks.
    package var width: Int

    /// Creates a configuration.
    ///
    /// - Precondition: Each stage has a block; `width` is at least 1.
    package init(block: Block, blocks: [Int], width: Int = 64) {
        precondition(!blocks.isEmpty && blocks.allSatisfy { $0 > 0 } && width > 0, "a stage without blocks")
        self.block = block
        self.blocks = blocks
        self.width = width
    }

    /// The network in the style of a library, with features taken after the last stage (``FeatureLayer/pooled``).
    package func network(_ style: Style = .torchvision) -> Network {
        var builder = Builder(style: style)
        var x = builder.convolve(builder.network.input, "conv1", "bn1", from: 3, to: width, size: 7, stride: 2)
        x = builder.network.activation(x, .relu)
        x = builder.network.maxPooling(x, SlidingWindow(3, stride: 2, padding: .all(1)))
        var channels = width
        for (stage, count) in blocks.enumerated() {
            for index in 0..<count {
                let outputs = (width << stage) * block.expansion
                let stride = stage > 0 && index == 0 ? 2 : 1
                x = builder.residual(
                    x,
                    name: "layer\(stage + 1).\(index)",
                    block,
                    from: channels,
                    through: width << stage,
                    to: outputs,
                    stride: stride
                )
                channels = outputs
            }
        }
        builder.network.tap(.pooled, at: x)
        x = builder.network.globalAveragePooling(x)
        _ = builder.network.fullyConnected(
            "fc",
            x,
            FullyConnected(input: FeatureMapShape(channels: channels), outputs: 1000)
        )
        return builder.network
    }
}

/// Adds the pieces of a residual network in one style.
private struct Builder {
    let style: ResNet.Style
    var network = Network()

    /// A convolution that keeps the size up to its stride, and its normalisation.
    mutating func convolve(
        _ value: Network.Value,
        _ name: String,
        _ normalization: String,
        from inputs: Int,
        to outputs: Int,
        size: Int,
        stride: Int
    ) -> Network.Value {
        let window = SlidingWindow(size, stride: stride, padding: .all(size / 2))
        let value = network.convolution(
            name,
            value,
            Convolution(inputs: inputs, outputs: outputs, window: window, hasBias: style.hasBias)
        )
        return network.batchNormalization(
            normalization,
            value,
            BatchNormalization(channels: outputs, epsilon: style.epsilon)
        )
    }

    mutating func residual(
        _ value: Network.Value,
        name: String,
        _ block: ResNet.Block,
        from inputs: Int,
        through width: Int,
        to outputs: Int,
        stride: Int
    ) -> Network.Value {
        var shortcut = value
        if stride != 1 || inputs != outputs {
            shortcut = convolve(
                value,
                "\(name).downsample.0",
                "\(name).downsample.1",
                from: inputs,
                to: outputs,
                size: 1,
                stride: stride
            )
        }
        let stages: [(size: Int, stride: Int)] =
            switch block {
            case .basic: [(3, stride), (3, 1)]
            case .bottleneck:
                style.hasStrideFirst ? [(1, stride), (3, 1), (1, 1)] : [(1, 1), (3, stride), (1, 1)]
            }
        var x = value
        for (index, stage) in stages.enumerated() {
            let isLast = index == stages.count - 1
            x = convolve(
                x,
                "\(name).conv\(index + 1)",
                "\(name).bn\(index + 1)",
                from: index == 0 ? inputs : width,
                to: isLast ? outputs : width,
                size: stage.size,
                stride: stage.stride
            )
            if !isLast { x = network.activation(x, .relu) }
        }
        return network.activation(network.add(x, shortcut), .relu)
    }
}
