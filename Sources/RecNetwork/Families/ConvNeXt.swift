/// ConvNeXt networks by their numbers: blocks and channels per stage.
///
/// Liu and others 2022, arXiv:2201.03545. The layers are `stem`, `stem.norm`, `stages.0.0.depthwise`, `.norm`, `.expand`,
/// `.project` and `.scale`, `downsample.1.norm`, `downsample.1`, ..., `norm`, `fc`.
package struct ConvNeXt: Sendable, Hashable {
    /// Blocks per stage; a convolution between two stages halves the map.
    package var blocks: [Int]
    /// Channels per stage.
    package var widths: [Int]

    /// The epsilon of all normalisations.
    private static let epsilon = 1e-6

    /// 29 million parameters.
    package static let tiny = ConvNeXt(blocks: [3, 3, 9, 3], widths: [96, 192, 384, 768])
    /// 50 million parameters.
    package static let small = ConvNeXt(blocks: [3, 3, 27, 3], widths: [96, 192, 384, 768])
    /// 89 million parameters.
    package static let base = ConvNeXt(blocks: [3, 3, 27, 3], widths: [128, 256, 512, 1024])

    /// The network, with features taken after the last block (``FeatureLayer/pooled``), or after the mean of each channel
    /// and its normalisation (``FeatureLayer/normalized``).
    package func network() -> Network {
        var network = Network()
        var x = network.convolution("stem", network.input, outputs: widths[0], size: 4, stride: 4, hasBias: true)
        x = Self.normalize(&network, "stem.norm", x, widths[0])
        for (stage, width) in widths.enumerated() {
            if stage > 0 {
                x = Self.normalize(&network, "downsample.\(stage).norm", x, widths[stage - 1])
                x = network.convolution("downsample.\(stage)", x, outputs: width, size: 2, stride: 2, hasBias: true)
            }
            for index in 0..<blocks[stage] { x = Self.block(&network, "stages.\(stage).\(index)", x, width) }
        }
        network.tap(.pooled, at: x)
        x = network.globalAveragePooling(x)
        x = Self.normalize(&network, "norm", x, widths[widths.count - 1])
        network.tap(.normalized, at: x)
        _ = network.fullyConnected("fc", x, outputs: 1000)
        return network
    }

    private static func block(
        _ network: inout Network,
        _ name: String,
        _ value: Network.Value,
        _ width: Int
    ) -> Network.Value {
        var x = network.convolution(
            "\(name).depthwise",
            value,
            outputs: width,
            size: 7,
            padding: .all(3),
            groups: width,
            hasBias: true
        )
        x = normalize(&network, "\(name).norm", x, width)
        x = network.convolution("\(name).expand", x, outputs: 4 * width, size: 1, hasBias: true)
        x = network.activation(x, .gelu)
        x = network.convolution("\(name).project", x, outputs: width, size: 1, hasBias: true)
        x = network.batchNormalization("\(name).scale", x, .factors(channels: width))
        return network.add(x, value)
    }

    private static func normalize(
        _ network: inout Network,
        _ name: String,
        _ value: Network.Value,
        _ width: Int
    ) -> Network.Value {
        network.layerNormalization(name, value, LayerNormalization(channels: width, epsilon: epsilon))
    }
}
