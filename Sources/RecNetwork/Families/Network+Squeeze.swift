extension Network {
    /// Adds squeeze and excitation: the channels of a map times factors that two 1x1 convolutions with biases compute
    /// from the channels' means.
    ///
    /// Hu and others 2017, arXiv:1709.01507.
    ///
    /// - Parameters:
    ///   - value: The map.
    ///   - squeeze: Name, outputs and activation of the first convolution.
    ///   - excite: Those of the second, which has as many outputs as the map has channels.
    /// - Returns: The weighted map.
    package mutating func squeezeAndExcitation(
        _ value: Value,
        squeeze: (name: String, outputs: Int, activation: Activation),
        excite: (name: String, outputs: Int, activation: Activation)
    ) -> Value {
        var factors = globalAveragePooling(value)
        for part in [squeeze, excite] {
            factors = convolution(part.name, factors, outputs: part.outputs, size: 1, hasBias: true)
            factors = activation(factors, part.activation)
        }
        return gate(value, by: factors)
    }
}
