/// One kind of computation in a ``Network``, with its sizes and without its parameters.
package enum Layer: Sendable, Hashable {
    /// A convolution.
    case convolution(Convolution)
    /// A batch normalisation.
    case batchNormalization(BatchNormalization)
    /// A function of each value.
    case activation(Activation)
    /// The sum of two maps of equal shape.
    case add
    /// The maximum over each window.
    case maxPooling(SlidingWindow)
    /// The mean of each channel.
    case globalAveragePooling
    /// A matrix product over all values.
    case fullyConnected(FullyConnected)
    /// The product of two maps of equal shape.
    case multiply
    /// The product of each channel of a map with the channel's value in a vector.
    case gate
    /// The channels of several maps of equal height and width, one map after the other; the number of maps.
    case concatenation(Int)
    /// The mean over each window.
    case averagePooling(AveragePooling)
    /// A normalisation across the channels of each position.
    case layerNormalization(LayerNormalization)
    /// e^x of each value over the sum of its row, in a vector of rows of that width.
    case softmax(width: Int)
    /// x * factor + summand of each value.
    case affine(factor: Float, summand: Float)
    /// Products of matrices that are both computed.
    case matrixProduct(MatrixProduct)
    /// Attention of several heads, over maps of queries, keys and values.
    case attention(Attention)
    /// The same channels and as many positions, in other rows and columns.
    case reshape(FeatureMapShape)
    /// From a map to a vector or back.
    case rearrangement(Rearrangement)
    /// An operation that is given from outside.
    case general(GeneralLayer)

    /// How many inputs the layer has.
    var inputCount: Int {
        switch self {
        case .add, .multiply, .gate, .matrixProduct: 2
        case .attention: 3
        case .concatenation(let count): count
        case .general(let layer): layer.operation.inputCounts.count
        default: 1
        }
    }

    /// Whether its kernel can apply an activation that follows.
    var takesActivation: Bool {
        switch self {
        case .convolution, .batchNormalization, .add, .fullyConnected, .gate: true
        case .activation, .maxPooling, .globalAveragePooling, .multiply, .concatenation, .reshape, .rearrangement,
            .general, .averagePooling, .layerNormalization, .softmax, .matrixProduct, .affine,
            .attention:
            false
        }
    }

    /// The shape of the output, or the reason why there is none.
    func outputShape(_ inputs: [FeatureMapShape]) -> Result<FeatureMapShape, Misfit> {
        let input = inputs[0]
        switch self {
        case .convolution(let convolution):
            guard input.channels == convolution.inputs else {
                return .failure(Misfit("takes \(convolution.inputs) planes and is given \(input)"))
            }
            return slide(convolution.window, over: input, outputs: convolution.outputs)
        case .maxPooling(let window):
            return slide(window, over: input, outputs: input.channels)
        case .batchNormalization(let normalization):
            guard input.channels == normalization.channels else {
                return .failure(Misfit("takes \(normalization.channels) planes and is given \(input)"))
            }
            return .success(input)
        case .activation, .affine:
            return .success(input)
        case .add:
            guard input == inputs[1] else { return .failure(Misfit("adds \(input) to \(inputs[1])")) }
            return .success(input)
        case .globalAveragePooling:
            return .success(FeatureMapShape(channels: input.channels))
        case .fullyConnected(let layer):
            guard input == layer.input else { return .failure(Misfit("takes \(layer.input) and is given \(input)")) }
            return .success(FeatureMapShape(channels: layer.outputs))
        case .multiply:
            guard input == inputs[1] else { return .failure(Misfit("multiplies \(input) by \(inputs[1])")) }
            return .success(input)
        case .gate:
            guard inputs[1] == FeatureMapShape(channels: input.channels) else {
                return .failure(Misfit("multiplies the channels of \(input) by \(inputs[1])"))
            }
            return .success(input)
        case .concatenation:
            guard inputs.allSatisfy({ $0.height == input.height && $0.width == input.width }) else {
                return .failure(Misfit("joins \(inputs.map(\.description).joined(separator: ", "))"))
            }
            let channels = inputs.reduce(0) { $0 + $1.channels }
            return .success(FeatureMapShape(channels: channels, height: input.height, width: input.width))
        case .averagePooling(let pooling):
            return slide(pooling.window, over: input, outputs: input.channels)
        case .layerNormalization(let normalization):
            guard input.channels == normalization.channels else {
                return .failure(Misfit("normalises \(normalization.channels) channels and is given \(input)"))
            }
            return .success(input)
        case .softmax(let width):
            guard input.pixels == 1, input.channels % width == 0 else {
                return .failure(Misfit("takes rows of \(width) values and is given \(input)"))
            }
            return .success(input)
        case .matrixProduct(let product):
            guard inputs == [product.left, product.right] else {
                return .failure(Misfit("multiplies \(product.left) by \(product.right) and is given \(inputs)"))
            }
            return .success(product.output)
        case .attention(let attention):
            guard let shape = attention.outputShape(inputs) else {
                let given = inputs.map(\.description).joined(separator: ", ")
                return .failure(Misfit("has \(attention.heads) heads that do not fit \(given)"))
            }
            return .success(shape)
        case .reshape(let shape):
            guard shape.channels == input.channels, shape.pixels == input.pixels else {
                return .failure(Misfit("makes \(shape) of \(input)"))
            }
            return .success(shape)
        case .rearrangement(let rearrangement):
            guard let shape = rearrangement.outputShape(input) else {
                return .failure(Misfit("rearranges \(input), which has another number of values"))
            }
            return .success(shape)
        case .general(let layer):
            guard inputs == layer.operation.inputCounts.map({ FeatureMapShape(channels: $0) }) else {
                let given = inputs.map(\.description).joined(separator: ", ")
                return .failure(Misfit("takes \(layer.operation.inputCounts) values and is given \(given)"))
            }
            return .success(FeatureMapShape(channels: layer.operation.outputCount))
        }
    }

    /// The parameters of the layer when its name is `name`.
    package func parameters(name: String) -> [Parameter] {
        switch self {
        case .convolution(let convolution):
            let weight = Parameter(layer: name, role: .weight, shape: convolution.weightShape)
            let bias = Parameter(layer: name, role: .bias, shape: [convolution.outputs])
            return convolution.hasBias ? [weight, bias] : [weight]
        case .batchNormalization(let normalization):
            let roles: [Parameter.Role] = normalization.isFactor ? [.factor] : [.scale, .shift, .mean, .variance]
            return roles.map {
                Parameter(layer: name, role: $0, shape: [normalization.channels])
            }
        case .fullyConnected(let layer):
            return [
                Parameter(layer: name, role: .weight, shape: [layer.outputs, layer.input.count], map: layer.input),
                Parameter(layer: name, role: .bias, shape: [layer.outputs], map: layer.input),
            ]
        case .layerNormalization(let normalization):
            return [.scale, .shift].map { Parameter(layer: name, role: $0, shape: [normalization.channels]) }
        case .activation, .add, .maxPooling, .globalAveragePooling, .multiply, .gate, .concatenation, .reshape,
            .rearrangement, .general, .averagePooling, .softmax, .matrixProduct, .affine, .attention:
            return []
        }
    }

    /// The reason why a layer cannot take its input; completes "Layer 'x' ...".
    struct Misfit: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private func slide(
        _ window: SlidingWindow,
        over input: FeatureMapShape,
        outputs: Int
    ) -> Result<FeatureMapShape, Misfit> {
        guard let geometry = window.geometry(over: input) else {
            return .failure(Misfit("has a window of \(window.height)x\(window.width), too large for \(input)"))
        }
        return .success(
            FeatureMapShape(channels: outputs, height: geometry.outputHeight, width: geometry.outputWidth)
        )
    }
}
