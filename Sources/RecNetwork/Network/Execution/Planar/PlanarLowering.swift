/// Makes operations on planes, which run on any processor with OpenBLAS for the matrix products.
struct PlanarLowering: Lowering {
    /// The algorithm to use where it is possible.
    let preferred: ConvolutionAlgorithm?

    func floats(for shape: FeatureMapShape) -> Int { shape.count }

    func convertsImage(for readers: [Layer]) -> Bool { false }

    func pools(
        after convolution: Convolution,
        over geometry: WindowGeometry,
        readsImage: Bool,
        hasResidual: Bool
    ) -> Bool { false }

    func lower(_ layer: FusedLayer, input: FeatureMapShape, readsImage: Bool, hasSecond: Bool) -> any Operation {
        switch layer {
        case .convolution(let folded, let geometry, let activation, pools: _):
            ConvolutionOperation(
                folded,
                geometry: geometry,
                activation: activation,
                algorithm: algorithm(for: folded.convolution)
            )
        case .fullyConnected(let layer, let weights, let bias, let activation):
            FullyConnectedOperation(layer: layer, weights: weights, bias: bias, activation: activation)
        case .affine(let factors, let activation): AffineOperation(factors, activation: activation)
        case .add(let activation): ElementwiseOperation(activation: activation)
        case .activation(let activation): ElementwiseOperation(activation: activation)
        case .maxPooling(let geometry): MaxPoolingOperation(geometry: geometry)
        case .averagePooling: AveragePoolingOperation(shape: input)
        case .image: ElementwiseOperation(activation: nil)
        }
    }

    private func algorithm(for convolution: Convolution) -> ConvolutionAlgorithm {
        if let preferred, preferred.supports(convolution), ConvolutionAlgorithm.planar.contains(preferred) {
            return preferred
        }
        return [.depthwise, .pointwise].first { $0.supports(convolution) } ?? .gemm
    }
}
