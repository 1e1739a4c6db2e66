extension Network {
    /// Adds a convolution with a square window.
    ///
    /// - Parameters:
    ///   - name: The name of its tensors: `name.weight`, OIHW, and `name.bias` if it has a bias.
    ///   - value: The input.
    ///   - outputs: The number of output channels.
    ///   - size: Rows and columns of the window.
    ///   - stride: The stride of the window.
    ///   - padding: The padding of the input; less than the window.
    ///   - groups: The number of groups of channels, which divides inputs and outputs.
    ///   - hasBias: Whether it has a bias.
    /// - Returns: The output.
    /// - Precondition: The numbers are at least 1.
    public mutating func convolution(
        _ name: String,
        _ value: Value,
        outputs: Int,
        size: Int,
        stride: Int = 1,
        padding: Padding = .none,
        groups: Int = 1,
        hasBias: Bool = false
    ) -> Value {
        let window = SlidingWindow(size, stride: stride, padding: padding)
        return convolution(
            name,
            value,
            Convolution(
                inputs: channels(of: value),
                outputs: outputs,
                window: window,
                groups: groups,
                hasBias: hasBias
            )
        )
    }

    /// Adds a batch normalisation: `(x - mean) / sqrt(variance + epsilon) * scale + shift` per channel.
    ///
    /// Ioffe and Szegedy 2015, arXiv:1502.03167.
    ///
    /// - Precondition: `epsilon` is greater than 0.
    public mutating func batchNormalization(_ name: String, _ value: Value, epsilon: Double = 1e-5) -> Value {
        batchNormalization(name, value, BatchNormalization(channels: channels(of: value), epsilon: epsilon))
    }

    /// Adds a maximum over square windows.
    ///
    /// - Precondition: `size` and `stride` are at least 1; the padding is less than the window.
    public mutating func maxPooling(_ value: Value, size: Int, stride: Int, padding: Padding = .none) -> Value {
        maxPooling(value, SlidingWindow(size, stride: stride, padding: padding))
    }

    /// Adds a matrix product over all values of a feature map, called linear or dense in libraries.
    ///
    /// - Parameters:
    ///   - name: The name of its tensors: `name.weight`, outputs x inputs with the inputs in CHW order, and `name.bias`.
    ///   - value: The input.
    ///   - height: The height of the input; 1 for a vector.
    ///   - width: The width of the input; 1 for a vector.
    ///   - outputs: The number of outputs.
    /// - Returns: The output.
    /// - Precondition: The numbers are at least 1.
    public mutating func fullyConnected(
        _ name: String,
        _ value: Value,
        height: Int = 1,
        width: Int = 1,
        outputs: Int
    ) -> Value {
        let input = FeatureMapShape(channels: channels(of: value), height: height, width: width)
        return fullyConnected(name, value, FullyConnected(input: input, outputs: outputs))
    }

    /// The number of channels of a value.
    private func channels(of value: Value) -> Int {
        guard value.index > 0 else { return channels }
        let node = nodes[value.index - 1]
        return switch node.layer {
        case .convolution(let convolution): convolution.outputs
        case .fullyConnected(let layer): layer.outputs
        case .general(let layer): layer.operation.outputCount
        case .reshape(let shape): shape.channels
        case .concatenation: node.inputs.reduce(0) { $0 + channels(of: $1) }
        case .rearrangement(.planesToMap(let map)), .rearrangement(.rowsToMap(let map)): map.channels
        case .rearrangement: preconditionFailure("a vector of a map's values has no channels without its sizes")
        case .matrixProduct(let product): product.output.channels
        case .attention(let attention): attention.heads * attention.values.count
        case .batchNormalization, .activation, .add, .maxPooling, .globalAveragePooling, .multiply, .gate,
            .averagePooling, .layerNormalization, .softmax, .affine:
            channels(of: node.inputs[0])
        }
    }
}
