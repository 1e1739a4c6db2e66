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

    /// How many inputs the layer has.
    var inputCount: Int { self == .add ? 2 : 1 }

    /// Whether its kernel can apply an activation that follows.
    var takesActivation: Bool {
        switch self {
        case .convolution, .batchNormalization, .add, .fullyConnected: true
        case .activation, .maxPooling, .globalAveragePooling: false
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
        case .activation:
            return .success(input)
        case .add:
            guard input == inputs[1] else { return .failure(Misfit("adds \(input) to \(inputs[1])")) }
            return .success(input)
        case .globalAveragePooling:
            return .success(FeatureMapShape(channels: input.channels))
        case .fullyConnected(let layer):
            guard input == layer.input else { return .failure(Misfit("takes \(layer.input) and is given \(input)")) }
            return .success(FeatureMapShape(channels: layer.outputs))
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
            return [.scale, .shift, .mean, .variance].map {
                Parameter(layer: name, role: $0, shape: [normalization.channels])
            }
        case .fullyConnected(let layer):
            return [
                Parameter(layer: name, role: .weight, shape: [layer.outputs, layer.input.count], map: layer.input),
                Parameter(layer: name, role: .bias, shape: [layer.outputs], map: layer.input),
            ]
        case .activation, .add, .maxPooling, .globalAveragePooling:
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
