/// What a compiled network does in one step: a layer with its parameters and with what was fused into it.
struct FusedLayer {
    /// The layer.
    let layer: Layer
    /// Its parameters by their roles, row-major.
    ///
    /// Those of a convolution have the batch normalisation behind it folded in; a batch normalisation on its own has a
    /// scale and a shift only.
    var parameters: [Parameter.Role: [Float]] = [:]
    /// Whether a second map is added to the sums of a convolution.
    var hasResidual = false
    /// What is applied to each value after that.
    var activation: Activation?
    /// Whether the maximum of each 2x2 pixels of a convolution is taken at last.
    var pools = false

    /// The values of a parameter; none when the layer has no such parameter.
    func values(_ role: Parameter.Role) -> [Float] { parameters[role] ?? [] }
}
