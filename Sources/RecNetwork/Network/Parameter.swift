/// One tensor of numbers that a network needs: its layer, its role and its shape.
package struct Parameter: Sendable, Hashable {
    /// The role of a parameter in its layer.
    package enum Role: Sendable, Hashable, CaseIterable {
        /// The weights of a convolution (OIHW) or of a fully connected layer (outputs x inputs).
        case weight
        /// The summand of each output.
        case bias
        /// The factor of a batch normalisation: gamma.
        case scale
        /// The summand of a batch normalisation: beta.
        case shift
        /// The running mean of a batch normalisation.
        case mean
        /// The running variance of a batch normalisation.
        case variance
        /// The factor of each channel, where there is nothing else.
        case factor
    }

    /// The name of the layer in its ``Network``.
    package let layer: String
    /// The role of the parameter in the layer.
    package let role: Role
    /// The shape, outermost dimension first.
    package let shape: [Int]
    /// For a parameter of a fully connected layer, the layer's input shape; `nil` for all others.
    package let map: FeatureMapShape?

    /// Creates a parameter.
    package init(layer: String, role: Role, shape: [Int], map: FeatureMapShape? = nil) {
        self.layer = layer
        self.role = role
        self.shape = shape
        self.map = map
    }

    /// The number of elements.
    package var count: Int { shape.reduce(1, *) }
}
