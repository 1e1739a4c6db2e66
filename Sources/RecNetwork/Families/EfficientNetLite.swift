/// EfficientNet-Lite networks by their numbers: inverted residual blocks with ReLU6 and without squeeze-and-excitation.
///
/// Tan and Le 2019, arXiv:1905.11946; the Lite variants are Google's for mobile devices (2020). The layers are `stem`,
/// `stages.0.0.expand`, `.depthwise` and `.project`, then `head` and `fc`; each convolution's normalisation has `.bn`
/// after its name.
package struct EfficientNetLite: Sendable, Hashable {
    /// One stage of equal blocks.
    package struct Stage: Sendable, Hashable {
        /// The number of blocks.
        package var blocks: Int
        /// Side of the depthwise window.
        package var kernel: Int
        /// The stride of the first block.
        package var stride: Int
        /// The ratio of a block's inner width to its input; with 1 there is no expanding convolution.
        package var expansion: Int
        /// Channels of the output.
        package var outputs: Int

        /// Creates a stage.
        package init(blocks: Int, kernel: Int, stride: Int, expansion: Int, outputs: Int) {
            self.blocks = blocks
            self.kernel = kernel
            self.stride = stride
            self.expansion = expansion
            self.outputs = outputs
        }
    }

    /// The differences between trainings of the same network: padding and epsilon.
    package enum Style: Sendable, Hashable {
        /// TensorFlow's, also after conversion to PyTorch: SAME padding.
        case tensorFlow
        /// timm's own training: the same padding on all sides.
        case timm

        /// The epsilon of the batch normalisations.
        var epsilon: Double { self == .timm ? 1e-5 : 1e-3 }

        /// The padding of a window.
        func padding(_ size: Int) -> Padding { self == .timm ? .all(size / 2) : .same }
    }

    /// Channels of the first convolution.
    package var stem: Int
    /// The stages.
    package var stages: [Stage]
    /// Channels of the last convolution.
    package var head: Int

    /// Creates a configuration.
    package init(stem: Int, stages: [Stage], head: Int) {
        self.stem = stem
        self.stages = stages
        self.head = head
    }

    /// The network in a style, with features taken after the head convolution's ReLU6 (``FeatureLayer/pooled``).
    package func network(_ style: Style = .tensorFlow) -> Network {
        var network = Network()
        var channels = stem
        var x = Self.convolve(
            &network,
            network.input,
            "stem",
            Convolution(inputs: 3, outputs: stem, window: Self.window(3, stride: 2, style)),
            .relu6,
            style
        )
        for (stage, row) in stages.enumerated() {
            for index in 0..<row.blocks {
                x = Self.block(
                    &network,
                    x,
                    "stages.\(stage).\(index)",
                    row,
                    from: channels,
                    stride: index == 0 ? row.stride : 1,
                    style
                )
                channels = row.outputs
            }
        }
        x = Self.convolve(
            &network,
            x,
            "head",
            Convolution(inputs: channels, outputs: head, window: SlidingWindow(1)),
            .relu6,
            style
        )
        network.tap(.pooled, at: x)
        x = network.globalAveragePooling(x)
        _ = network.fullyConnected("fc", x, FullyConnected(input: FeatureMapShape(channels: head), outputs: 1000))
        return network
    }

    private static func block(
        _ network: inout Network,
        _ value: Network.Value,
        _ name: String,
        _ stage: Stage,
        from inputs: Int,
        stride: Int,
        _ style: Style
    ) -> Network.Value {
        let inner = inputs * stage.expansion
        var x = value
        if stage.expansion != 1 {
            x = convolve(
                &network,
                x,
                "\(name).expand",
                Convolution(inputs: inputs, outputs: inner, window: SlidingWindow(1)),
                .relu6,
                style
            )
        }
        x = convolve(
            &network,
            x,
            "\(name).depthwise",
            Convolution(
                inputs: inner,
                outputs: inner,
                window: window(stage.kernel, stride: stride, style),
                groups: inner
            ),
            .relu6,
            style
        )
        x = convolve(
            &network,
            x,
            "\(name).project",
            Convolution(inputs: inner, outputs: stage.outputs, window: SlidingWindow(1)),
            nil,
            style
        )
        return stride == 1 && inputs == stage.outputs ? network.add(x, value) : x
    }

    private static func window(_ size: Int, stride: Int, _ style: Style) -> SlidingWindow {
        SlidingWindow(size, stride: stride, padding: style.padding(size))
    }

    private static func convolve(
        _ network: inout Network,
        _ value: Network.Value,
        _ name: String,
        _ convolution: Convolution,
        _ activation: Activation?,
        _ style: Style
    ) -> Network.Value {
        var x = network.convolution(name, value, convolution)
        x = network.batchNormalization(
            "\(name).bn",
            x,
            BatchNormalization(channels: convolution.outputs, epsilon: style.epsilon)
        )
        return activation.map { network.activation(x, $0) } ?? x
    }
}
