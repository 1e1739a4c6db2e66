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
