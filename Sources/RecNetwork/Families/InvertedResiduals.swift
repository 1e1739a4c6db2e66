/// Networks of inverted residual blocks by their numbers: MobileNetV2, MobileNetV3 and EfficientNet.
///
/// A block expands its channels, filters each of them, weighs them by squeeze and excitation, and projects them.
/// Sandler and others 2018, arXiv:1801.04381; Howard and others 2019, arXiv:1905.02244; Tan and Le 2019,
/// arXiv:1905.11946. The layers are `stem`, `blocks.0.expand`, `.depthwise`, `.squeeze`, `.excite` and `.project`, then
/// `head`, `hidden` and `fc`; each convolution's normalisation has `.bn` after its name.
package struct InvertedResiduals: Sendable, Hashable {
    /// One block.
    package struct Block: Sendable, Hashable {
        /// The stage that the block belongs to, and its number in that stage.
        package var stage: Int
        package var index: Int
        /// Side of the depthwise window.
        package var kernel: Int
        package var stride: Int
        /// Channels inside; equal to those of the input, there is no expanding convolution.
        package var inner: Int
        /// Channels of the output.
        package var outputs: Int
        /// Channels of the squeezed vector; `nil` for a block without squeeze and excitation.
        package var squeeze: Int?
        package var activation: Activation
    }

    /// Channels of the first convolution.
    package var stem: Int
    /// The activation of the first and the last convolution.
    package var activation: Activation
    package var blocks: [Block]
    /// Channels of the last convolution.
    package var head: Int
    /// Outputs of the fully connected layer before the classifier, where there is one.
    package var hidden: Int?
    /// The activation of the squeezed vector, and of the factors that come of it.
    package var squeezeActivation: Activation = .relu
    package var gateActivation: Activation = .sigmoid
    /// The epsilon of the batch normalisations.
    package var epsilon = 1e-5
    /// Whether windows are padded as TensorFlow pads them.
    package var padsSame = false
    /// Side of the images that the network was made for.
    package var size = 224

    /// The network, with features taken after the last convolution (``FeatureLayer/pooled``).
    package func network() -> Network {
        var network = Network()
        var x = convolve(&network, network.input, "stem", from: 3, to: stem, kernel: 3, stride: 2, activation)
        var channels = stem
        for (number, block) in blocks.enumerated() {
            x = add(block, named: "blocks.\(number)", from: channels, to: &network, x)
            channels = block.outputs
        }
        x = convolve(&network, x, "head", from: channels, to: head, kernel: 1, stride: 1, activation)
        network.tap(.pooled, at: x)
        x = network.globalAveragePooling(x)
        channels = head
        if let hidden {
            x = network.fullyConnected(
                "hidden",
                x,
                FullyConnected(input: FeatureMapShape(channels: channels), outputs: hidden)
            )
            x = network.activation(x, activation)
            channels = hidden
        }
        _ = network.fullyConnected("fc", x, FullyConnected(input: FeatureMapShape(channels: channels), outputs: 1000))
        return network
    }

    private func add(
        _ block: Block,
        named name: String,
        from inputs: Int,
        to network: inout Network,
        _ value: Network.Value
    ) -> Network.Value {
        var x = value
        if block.inner != inputs {
            x = convolve(
                &network,
                x,
                "\(name).expand",
                from: inputs,
                to: block.inner,
                kernel: 1,
                stride: 1,
                block.activation
            )
        }
        x = convolve(
            &network,
            x,
            "\(name).depthwise",
            from: block.inner,
            to: block.inner,
            kernel: block.kernel,
            stride: block.stride,
            isDepthwise: true,
            block.activation
        )
        if let squeeze = block.squeeze {
            var factors = network.globalAveragePooling(x)
            factors = point(&network, factors, "\(name).squeeze", from: block.inner, to: squeeze)
            factors = network.activation(factors, squeezeActivation)
            factors = point(&network, factors, "\(name).excite", from: squeeze, to: block.inner)
            factors = network.activation(factors, gateActivation)
            x = network.gate(x, by: factors)
        }
        x = convolve(
            &network,
            x,
            "\(name).project",
            from: block.inner,
            to: block.outputs,
            kernel: 1,
            stride: 1,
            nil
        )
        return block.stride == 1 && inputs == block.outputs ? network.add(x, value) : x
    }

    /// A 1x1 convolution with a bias.
    private func point(
        _ network: inout Network,
        _ value: Network.Value,
        _ name: String,
        from inputs: Int,
        to outputs: Int
    ) -> Network.Value {
        let window = SlidingWindow(1)
        return network.convolution(
            name,
            value,
            Convolution(inputs: inputs, outputs: outputs, window: window, hasBias: true)
        )
    }

    private func convolve(
        _ network: inout Network,
        _ value: Network.Value,
        _ name: String,
        from inputs: Int,
        to outputs: Int,
        kernel: Int,
        stride: Int,
        isDepthwise: Bool = false,
        _ activation: Activation?
    ) -> Network.Value {
        let padding: Padding = padsSame && kernel > 1 ? .same : .all(kernel / 2)
        let convolution = Convolution(
            inputs: inputs,
            outputs: outputs,
            window: SlidingWindow(kernel, stride: stride, padding: padding),
            groups: isDepthwise ? inputs : 1
        )
        var x = network.convolution(name, value, convolution)
        x = network.batchNormalization("\(name).bn", x, BatchNormalization(channels: outputs, epsilon: epsilon))
        return activation.map { network.activation(x, $0) } ?? x
    }
}
