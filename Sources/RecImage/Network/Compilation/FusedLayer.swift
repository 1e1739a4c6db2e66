internal import RecPlatform

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

/// How fused layers become computations of one kind of program.
protocol Lowering {
    /// One computation.
    associatedtype Computation: Sendable

    /// Floats that a map takes.
    func floats(for shape: FeatureMapShape) -> Int

    /// Whether layers that take the image need it in the layout of the other maps.
    func convertsImage(for readers: [Layer]) -> Bool

    /// Whether the maximum of 2x2 pixels can be taken at the end of a convolution over such a map.
    func pools(
        after convolution: Convolution,
        over geometry: WindowGeometry,
        readsImage: Bool,
        hasResidual: Bool
    ) -> Bool

    /// Makes the computation of a layer.
    ///
    /// - Parameters:
    ///   - layer: The layer.
    ///   - input: The shape of its first input.
    ///   - readsImage: Whether that is the image as it comes.
    ///   - hasSecond: Whether there is a second input.
    /// - Returns: The computation, with its parameters packed.
    func lower(_ layer: FusedLayer, input: FeatureMapShape, readsImage: Bool, hasSecond: Bool) -> Computation
}

/// A computation and the values that it works on.
struct Step<Computation: Sendable>: Sendable {
    /// The name of the layer that it stands for; fused layers have none of their own.
    let name: String
    /// What is computed.
    let computation: Computation
    /// The values that are read, by their numbers: one or two.
    let inputs: [Int]
    /// The value that is written.
    let output: Int
}
