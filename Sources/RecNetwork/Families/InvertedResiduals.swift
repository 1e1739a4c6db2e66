/// Networks of inverted residual blocks by their numbers: MobileNetV2, MobileNetV3, EfficientNet and EfficientNet-Lite.
///
/// A block expands its channels, filters each of them, weighs them by squeeze and excitation where it has one, and
/// projects them. The layers are `stem`, `blocks.0.expand`, `.depthwise`, `.squeeze`, `.excite` and `.project`, then
/// `head`, `hidden` and `fc`; each convolution's normalisation has `.bn` after its name.
package struct InvertedResiduals: Sendable, Hashable {
    /// One block.
    package struct Block: Sendable, Hashable {
        /// The stage that the block belongs to.
        package var stage: Int
        /// Its number in that stage.
        package var index: Int
        /// Side of the depthwise window.
        package var kernel: Int
        /// The stride of the depthwise window.
        package var stride: Int
        /// Channels of the input.
        package var inputs: Int
        /// Channels inside; there is no expanding convolution when they are those of the input.
        package var inner: Int
        /// Channels of the output.
        package var outputs: Int
        /// Channels of the squeezed vector; `nil` for a block without squeeze and excitation.
        package var squeeze: Int?
        /// The activation of expanding and depthwise convolution.
        package var activation: Activation

        /// Whether the block has an expanding convolution.
        package var expands: Bool { inner != inputs }
    }

    /// The differences between trainings of the same network: padding and epsilon.
    package struct Style: Sendable, Hashable {
        /// The epsilon of the batch normalisations.
        package var epsilon: Double
        /// Whether windows are padded as TensorFlow pads them, not with the same number on all sides.
        package var isPaddedSame: Bool

        /// PyTorch's: the same padding on all sides, epsilon 1e-5.
        package static let pyTorch = Style(epsilon: 1e-5, isPaddedSame: false)
        /// PyTorch's padding and TensorFlow's epsilon: torchvision's MobileNetV3.
        package static let mixed = Style(epsilon: 1e-3, isPaddedSame: false)
        /// TensorFlow's and Keras's, also after conversion to PyTorch: SAME padding, epsilon 1e-3.
        package static let tensorFlow = Style(epsilon: 1e-3, isPaddedSame: true)

        /// The padding of a square window.
        func padding(_ size: Int) -> Padding { isPaddedSame ? .same : .all(size / 2) }
    }

    /// Channels of the first convolution.
    package var stem: Int
    /// The activation of the first and the last convolution.
    package var activation: Activation
    /// The blocks.
    package var blocks: [Block]
    /// Channels of the last convolution.
    package var head: Int
    /// Outputs of the fully connected layer before the classifier, where there is one.
    package var hidden: Int?
    /// The activation of the squeezed vector.
    package var squeezeActivation: Activation = .relu
    /// The activation of the factors that come of it.
    package var gateActivation: Activation = .sigmoid

    /// The network in a style, with features taken after the last convolution's activation (``FeatureLayer/pooled``).
    package func network(_ style: Style = .pyTorch) -> Network {
        var builder = Builder(style: style)
        var x = builder.convolve(
            builder.network.input,
            "stem",
            Convolution(inputs: 3, outputs: stem, window: builder.window(3, stride: 2)),
            activation
        )
        for (number, block) in blocks.enumerated() { x = add(block, "blocks.\(number)", to: &builder, x) }
        let channels = blocks.last?.outputs ?? stem
        x = builder.convolve(
            x,
            "head",
            Convolution(inputs: channels, outputs: head, window: SlidingWindow(1)),
            activation
        )
        builder.network.tap(.pooled, at: x)
        x = builder.network.globalAveragePooling(x)
        if let hidden {
            // Keras counts both layers as convolutions.
            x = builder.network.convolution("hidden", x, outputs: hidden, size: 1, hasBias: true)
            x = builder.network.activation(x, activation)
            _ = builder.network.convolution("fc", x, outputs: 1000, size: 1, hasBias: true)
        } else {
            _ = builder.network.fullyConnected("fc", x, outputs: 1000)
        }
        return builder.network
    }

    private func add(
        _ block: Block,
        _ name: String,
        to builder: inout Builder,
        _ value: Network.Value
    ) -> Network.Value {
        var x = value
        if block.expands {
            let expansion = Convolution(inputs: block.inputs, outputs: block.inner, window: SlidingWindow(1))
            x = builder.convolve(x, "\(name).expand", expansion, block.activation)
        }
        let depthwise = Convolution(
            inputs: block.inner,
            outputs: block.inner,
            window: builder.window(block.kernel, stride: block.stride),
            groups: block.inner
        )
        x = builder.convolve(x, "\(name).depthwise", depthwise, block.activation)
        if let squeeze = block.squeeze {
            x = builder.network.squeezeAndExcitation(
                x,
                squeeze: ("\(name).squeeze", squeeze, squeezeActivation),
                excite: ("\(name).excite", block.inner, gateActivation)
            )
        }
        let projection = Convolution(inputs: block.inner, outputs: block.outputs, window: SlidingWindow(1))
        x = builder.convolve(x, "\(name).project", projection, nil)
        return block.stride == 1 && block.inputs == block.outputs ? builder.network.add(x, value) : x
    }
}

/// Adds convolutions with their normalisations in one style.
private struct Builder {
    let style: InvertedResiduals.Style
    var network = Network()

    func window(_ size: Int, stride: Int) -> SlidingWindow {
        SlidingWindow(size, stride: stride, padding: style.padding(size))
    }

    mutating func convolve(
        _ value: Network.Value,
        _ name: String,
        _ convolution: Convolution,
        _ activation: Activation?
    ) -> Network.Value {
        var x = network.convolution(name, value, convolution)
        x = network.batchNormalization("\(name).bn", x, epsilon: style.epsilon)
        return activation.map { network.activation(x, $0) } ?? x
    }
}
