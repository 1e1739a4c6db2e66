/// What a compiled network does in one step: a layer with its parameters and with what was fused into it.
enum FusedLayer {
    /// A convolution, the sum with another map if there is a second input, an activation, and at last, if `pools`, the
    /// maximum of each 2x2 pixels.
    case convolution(FoldedConvolution, WindowGeometry, Activation?, pools: Bool)
    /// A fully connected layer and an activation.
    case fullyConnected(FullyConnected, weights: [Float], bias: [Float], Activation?)
    /// A batch normalisation that follows no convolution, and an activation.
    case affine(NormalizationFactors, Activation?)
    /// The sum of two maps and an activation.
    case add(Activation?)
    /// An activation on its own.
    case activation(Activation)
    /// The maximum over each window.
    case maxPooling(WindowGeometry)
    /// The mean of each plane.
    case averagePooling
    /// The image in the layout of the other maps.
    case image
}
