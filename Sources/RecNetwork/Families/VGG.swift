/// VGG networks by their numbers: convolutions per stage, with or without batch normalisation.
///
/// Simonyan and Zisserman 2014, arXiv:1409.1556. The layers are named as in the paper, `conv1_1` to `conv5_3`, with
/// `bn1_1` for their normalisations, then `fc1`, `fc2`, `fc3`.
package struct VGG: Sendable, Hashable {
    /// 3x3 convolutions per stage; a 2x2 max-pool follows each stage.
    package var convolutions: [Int]
    /// Channels per stage.
    package var widths: [Int]
    /// Width of the two hidden fully connected layers.
    package var hidden: Int
    /// Whether a batch normalisation follows each convolution.
    package var hasBatchNormalization: Bool

    /// Creates a configuration.
    ///
    /// - Precondition: There is a width for each stage, and each stage has a convolution.
    package init(
        convolutions: [Int],
        widths: [Int] = [64, 128, 256, 512, 512],
        hidden: Int = 4096,
        hasBatchNormalization: Bool = false
    ) {
        precondition(!convolutions.isEmpty && convolutions.count == widths.count, "a width for each stage")
        precondition(convolutions.allSatisfy { $0 > 0 }, "a stage without convolutions")
        self.convolutions = convolutions
        self.widths = widths
        self.hidden = hidden
        self.hasBatchNormalization = hasBatchNormalization
    }

    /// The side of the last map for 224x224 images; the fully connected layers fit no other.
    static let side = 7

    /// The network: ``FeatureLayer/pooled`` before the last max-pool, ``FeatureLayer/pool5`` after it,
    /// ``FeatureLayer/fc2`` after its ReLU.
    package func network() -> Network {
        var network = Network()
        var x = network.input
        var channels = network.channels
        for (stage, count) in convolutions.enumerated() {
            for index in 1...count {
                let name = "\(stage + 1)_\(index)"
                let window = SlidingWindow(3, padding: .all(1))
                x = network.convolution(
                    "conv\(name)",
                    x,
                    Convolution(inputs: channels, outputs: widths[stage], window: window, hasBias: true)
                )
                channels = widths[stage]
                if hasBatchNormalization {
                    x = network.batchNormalization("bn\(name)", x, BatchNormalization(channels: channels))
                }
                x = network.activation(x, .relu)
            }
            if stage == convolutions.count - 1 { network.tap(.pooled, at: x) }
            x = network.maxPooling(x, SlidingWindow(2, stride: 2))
        }
        network.tap(.pool5, at: x)
        let map = FeatureMapShape(channels: channels, height: Self.side, width: Self.side)
        x = network.fullyConnected("fc1", x, FullyConnected(input: map, outputs: hidden))
        x = network.activation(x, .relu)
        x = network.fullyConnected("fc2", x, FullyConnected(input: FeatureMapShape(channels: hidden), outputs: hidden))
        x = network.activation(x, .relu)
        network.tap(.fc2, at: x)
        _ = network.fullyConnected("fc3", x, FullyConnected(input: FeatureMapShape(channels: hidden), outputs: 1000))
        return network
    }
}
