/// RegNet-Y networks by their numbers: blocks and channels per stage, and channels per group.
///
/// Radosavovic and others 2020, arXiv:2003.13678. A bottleneck block has as many channels inside as outside. The layers
/// are `stem`, `stages.0.0.shortcut`, `.a`, `.b`, `.squeeze`, `.excite` and `.c`, ..., `fc`; each convolution's
/// normalisation has `.bn` after its name.
package struct RegNetY: Sendable, Hashable {
    /// Blocks per stage; the first of each halves the map.
    package var blocks: [Int]
    /// Channels per stage.
    package var widths: [Int]
    /// Channels per group of the 3x3 convolutions.
    package var group: Int

    private static let stem = 32

    /// Creates a configuration.
    package init(_ blocks: [Int], _ widths: [Int], group: Int) {
        self.blocks = blocks
        self.widths = widths
        self.group = group
    }

    /// The network, with features taken after the last stage (``FeatureLayer/pooled``).
    package func network() -> Network {
        var network = Network()
        var x = Self.convolve(&network, "stem", network.input, outputs: Self.stem, size: 3, stride: 2)
        x = network.activation(x, .relu)
        var channels = Self.stem
        for (stage, width) in widths.enumerated() {
            for index in 0..<blocks[stage] {
                x = block(
                    &network,
                    "stages.\(stage).\(index)",
                    x,
                    from: channels,
                    to: width,
                    stride: index == 0 ? 2 : 1
                )
                channels = width
            }
        }
        network.tap(.pooled, at: x)
        x = network.globalAveragePooling(x)
        _ = network.fullyConnected("fc", x, outputs: 1000)
        return network
    }

    private func block(
        _ network: inout Network,
        _ name: String,
        _ value: Network.Value,
        from inputs: Int,
        to outputs: Int,
        stride: Int
    ) -> Network.Value {
        var shortcut = value
        if stride != 1 || inputs != outputs {
            shortcut = Self.convolve(&network, "\(name).shortcut", value, outputs: outputs, size: 1, stride: stride)
        }
        var x = Self.convolve(&network, "\(name).a", value, outputs: outputs, size: 1)
        x = network.activation(x, .relu)
        let groups = outputs / group
        x = Self.convolve(&network, "\(name).b", x, outputs: outputs, size: 3, stride: stride, groups: groups)
        x = network.activation(x, .relu)
        x = network.squeezeAndExcitation(
            x,
            squeeze: ("\(name).squeeze", inputs / 4, .relu),
            excite: ("\(name).excite", outputs, .sigmoid)
        )
        x = Self.convolve(&network, "\(name).c", x, outputs: outputs, size: 1)
        return network.activation(network.add(x, shortcut), .relu)
    }

    private static func convolve(
        _ network: inout Network,
        _ name: String,
        _ value: Network.Value,
        outputs: Int,
        size: Int,
        stride: Int = 1,
        groups: Int = 1
    ) -> Network.Value {
        let x = network.convolution(
            name,
            value,
            outputs: outputs,
            size: size,
            stride: stride,
            padding: .all(size / 2),
            groups: groups
        )
        return network.batchNormalization("\(name).bn", x)
    }
}
