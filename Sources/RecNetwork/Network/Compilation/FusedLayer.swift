/// One step of a compiled network: a layer with its parameters and the operations fused into it.
struct FusedLayer: Sendable {
    /// The layer.
    let layer: Layer
    /// Its parameters by their roles, row-major.
    ///
    /// Those of a convolution include the batch normalisation after it; a separate batch normalisation has only a scale
    /// and a shift.
    var parameters: [Parameter.Role: [Float]] = [:]
    /// Whether a second map is added to the sums of a convolution.
    var hasResidual = false
    /// The activation of each value after that.
    var activation: Activation?
    /// Whether the maximum of each 2x2 pixels of a convolution is taken at last.
    var pools = false

    /// The layer as a convolution: a fully connected one has a window as large as its map.
    var convolution: Convolution? {
        switch layer {
        case .convolution(let convolution): return convolution
        case .fullyConnected(let layer):
            let window = SlidingWindow(
                height: layer.input.height,
                width: layer.input.width,
                verticalStride: 1,
                horizontalStride: 1,
                padding: .none
            )
            return Convolution(inputs: layer.input.channels, outputs: layer.outputs, window: window, hasBias: true)
        default: return nil
        }
    }

    /// The values of a parameter; none when the layer has no such parameter.
    func values(_ role: Parameter.Role) -> [Float] { parameters[role] ?? [] }
}
