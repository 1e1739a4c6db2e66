/// A convolution with its parameters and with what happens to its sums before they are stored.
package struct FusedConvolution: Sendable {
    /// The window over the input.
    package let window: WindowGeometry
    /// Planes of the output.
    package let outputs: Int
    /// Filters, OIHW.
    package let weights: [Float]
    /// One value an output plane.
    package let bias: [Float]
    /// Whether a second map is added.
    package let hasResidual: Bool
    /// What comes last.
    package let activation: ActivationKind

    /// Creates a convolution.
    package init(
        _ window: WindowGeometry,
        outputs: Int,
        weights: [Float],
        bias: [Float],
        hasResidual: Bool,
        activation: ActivationKind
    ) {
        precondition(outputs > 0 && bias.count == outputs, "bias size")
        self.window = window
        self.outputs = outputs
        self.weights = weights
        self.bias = bias
        self.hasResidual = hasResidual
        self.activation = activation
    }

    /// Bias and activation, packed.
    var finish: KernelFinish { KernelFinish(bias: bias, activation: activation) }
}
