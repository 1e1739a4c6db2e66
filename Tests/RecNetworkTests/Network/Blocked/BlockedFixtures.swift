import RecCompute
import RecNetwork
import RecTesting
import Testing

extension ConvolutionAlgorithm {
    /// The greatest error that is allowed, relative to the root mean square of the output.
    var errorBound: Double {
        switch self {
        case .depthwise, .direct, .winograd2: 5e-6
        case .winograd4: 2e-5
        case .winograd6: 1e-4
        case .winograd7: 3e-4
        }
    }
}

/// One convolution on blocks of planes, with what may be fused into it, and its parameters.
struct BlockedConvolution {
    /// What may come after the convolution.
    struct Tail: Sendable {
        var addsShortcut = false
        var activation: Activation?
        var pools = false
    }

    let network: Network
    let parameters: FixedParameters

    /// Makes a convolution that reads a map and not the image, which only the direct product can.
    ///
    /// The maximum of single pixels comes before it. A shortcut is the same map, each so many pixels as the convolution
    /// has strides.
    init(_ convolution: Convolution, tail: Tail = Tail(), random: inout SeededGenerator) {
        var network = Network(channels: convolution.inputs)
        let map = network.maxPooling(network.input, SlidingWindow(1))
        var shortcut = map
        if convolution.window.verticalStride > 1 {
            shortcut = network.maxPooling(map, SlidingWindow(1, stride: convolution.window.verticalStride))
        }
        var x = network.convolution("layer", map, convolution)
        if tail.addsShortcut { x = network.add(x, shortcut) }
        if let activation = tail.activation { x = network.activation(x, activation) }
        if tail.pools { x = network.maxPooling(x, SlidingWindow(2, stride: 2)) }
        network.tap(.pooled, at: x)
        self.network = network
        parameters = FixedParameters([
            "layer": [
                .weight: random.floats(convolution.weightShape.reduce(1, *)), .bias: random.floats(convolution.outputs),
            ]
        ])
    }

    func plan(
        _ image: (height: Int, width: Int),
        _ algorithm: ConvolutionAlgorithm,
        _ level: ProcessorLevel = .best,
        batch: Int = 1,
        threads: Int = 1
    ) throws -> Plan {
        try Plan(
            network,
            layer: .pooled,
            height: image.height,
            width: image.width,
            parameters: parameters,
            settings: ExecutionSettings(batch: batch, threads: threads, level: level),
            preferring: algorithm
        )
    }

    /// The same in double precision.
    func reference(_ image: (height: Int, width: Int), _ pixels: [Float]) throws -> [Double] {
        try ReferenceNetwork.run(network, pixels, height: image.height, width: image.width, parameters)
    }
}
