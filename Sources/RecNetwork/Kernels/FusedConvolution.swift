/// A convolution with its parameters and the operations fused into it.
package struct FusedConvolution: Sendable {
    /// The window over the input.
    package let window: WindowGeometry
    /// Channels of the output.
    package let outputs: Int
    /// The number of independent groups of channels; it divides the channels of input and output.
    package let groups: Int
    /// Filters, OIHW, where I is the channels of a group; or inputs x outputs.
    package let weights: [Float]
    /// Whether the filters are inputs x outputs.
    package let hasInputsFirst: Bool
    /// One value per output channel.
    package let bias: [Float]
    /// Whether a second map is added.
    package let hasResidual: Bool
    /// The activation at the end, if any.
    package let activation: Activation?

    /// Creates a convolution.
    package init(
        _ window: WindowGeometry,
        outputs: Int,
        groups: Int = 1,
        weights: [Float],
        hasInputsFirst: Bool = false,
        bias: [Float],
        hasResidual: Bool,
        activation: Activation?
    ) {
        precondition(outputs > 0 && bias.count == outputs, "bias size")
        precondition(groups > 0 && window.channels % groups == 0 && outputs % groups == 0, "groups")
        precondition(weights.count == outputs * (window.channels / groups) * window.kernelCount, "weights size")
        self.window = window
        self.outputs = outputs
        self.groups = groups
        self.weights = weights
        self.hasInputsFirst = hasInputsFirst
        self.bias = bias
        self.hasResidual = hasResidual
        self.activation = activation
    }

    /// Bias and activation, packed.
    var finish: KernelFinish { KernelFinish(bias: bias, activation: activation) }

    /// The weights as planes by depth, in an order of places in a plane's filter; zeros for planes and places that do not
    /// exist.
    func matrix(order: [Int?], planes: Int) -> [Float] {
        let depth = window.channels * window.kernelCount
        var matrix = [Float](repeating: 0, count: planes * order.count)
        for output in 0..<outputs {
            let start = hasInputsFirst ? output : output * depth
            let pitch = hasInputsFirst ? outputs : 1
            for (place, index) in order.enumerated() {
                if let index { matrix[output * order.count + place] = weights[start + index * pitch] }
            }
        }
        return matrix
    }
}
