/// DenseNets by their numbers: layers per block, and channels that each layer adds.
///
/// Huang and others 2016, arXiv:1608.06993. The layers are named as in torchvision: `features.conv0`,
/// `features.denseblock1.denselayer1.norm1`, ..., `features.transition1.norm`, ..., `features.norm5`, `classifier`.
package struct DenseNet: Sendable, Hashable {
    /// Layers per block; a transition between two blocks halves map and channels.
    package var layers: [Int]
    /// Channels that a layer adds.
    package var growth = 32
    /// Channels of the first convolution.
    package var stem = 64

    /// DenseNet-121: 8 million parameters.
    package static let denseNet121 = DenseNet(layers: [6, 12, 24, 16])

    /// The network, with features taken after the last normalisation's ReLU (``FeatureLayer/pooled``).
    ///
    /// - Parameter epsilon: The epsilon of the batch normalisations.
    /// - Returns: The network.
    package func network(epsilon: Double = 1e-5) -> Network {
        var builder = Builder(epsilon: epsilon)
        var x = builder.network.input
        x = builder.network.convolution("features.conv0", x, outputs: stem, size: 7, stride: 2, padding: .all(3))
        x = builder.normalize("features.norm0", x)
        x = builder.network.maxPooling(x, size: 3, stride: 2, padding: .all(1))
        var channels = stem
        for (block, count) in layers.enumerated() {
            for layer in 1...count {
                let name = "features.denseblock\(block + 1).denselayer\(layer)"
                x = builder.layer(name, x, growth: growth)
            }
            channels += count * growth
            guard block < layers.count - 1 else { break }
            let name = "features.transition\(block + 1)"
            channels /= 2
            x = builder.normalize("\(name).norm", x)
            x = builder.network.convolution("\(name).conv", x, outputs: channels, size: 1)
            x = builder.network.averagePooling(x, AveragePooling(SlidingWindow(2, stride: 2)))
        }
        x = builder.normalize("features.norm5", x)
        builder.network.tap(.pooled, at: x)
        x = builder.network.globalAveragePooling(x)
        _ = builder.network.fullyConnected("classifier", x, outputs: 1000)
        return builder.network
    }
}

/// Adds the pieces of a DenseNet.
private struct Builder {
    let epsilon: Double
    var network = Network()

    init(epsilon: Double) {
        self.epsilon = epsilon
    }

    mutating func normalize(_ name: String, _ value: Network.Value) -> Network.Value {
        network.activation(network.batchNormalization(name, value, epsilon: epsilon), .relu)
    }

    /// The input's channels, and those that are computed from them.
    mutating func layer(_ name: String, _ value: Network.Value, growth: Int) -> Network.Value {
        var x = normalize("\(name).norm1", value)
        x = network.convolution("\(name).conv1", x, outputs: 4 * growth, size: 1)
        x = normalize("\(name).norm2", x)
        x = network.convolution("\(name).conv2", x, outputs: growth, size: 3, padding: .all(1))
        return network.concatenation([value, x])
    }
}
