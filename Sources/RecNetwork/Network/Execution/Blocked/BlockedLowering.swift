internal import RecCompute

/// Makes kernels on blocks of planes.
struct BlockedLowering: Lowering {
    let settings: ExecutionSettings
    let variant: KernelVariant
    /// The algorithm to use where it is possible.
    let preferred: ConvolutionAlgorithm?

    /// Whether there is a kernel for every layer.
    static func supports(_ layers: some Sequence<Layer>) -> Bool {
        layers.allSatisfy { layer in
            guard case .convolution(let convolution) = layer else { return true }
            return convolution.groups == 1 || convolution.isDepthwise
        }
    }

    func floats(for shape: FeatureMapShape) -> Int { shape.blocked.count }

    func convertsImage(for readers: [Layer]) -> Bool {
        !readers.allSatisfy { layer in
            guard case .convolution(let convolution) = layer else { return false }
            return convolution.groups == 1
        }
    }

    func pools(
        after convolution: Convolution,
        over geometry: WindowGeometry,
        readsImage: Bool,
        hasResidual: Bool
    ) -> Bool {
        !hasResidual && geometry.outputHeight > 1 && geometry.outputWidth > 1
            && algorithm(for: convolution, over: geometry, readsImage: readsImage).tile.map { $0 % 2 == 0 } ?? false
    }

    func lower(
        _ layer: FusedLayer,
        input: FeatureMapShape,
        readsImage: Bool,
        hasSecond: Bool
    ) -> any BlockedKernel {
        let shape = input.blocked
        switch layer {
        case .convolution(let folded, let geometry, let activation, let pools):
            return convolution(folded, geometry, activation, pools: pools, readsImage: readsImage, hasSecond: hasSecond)
        case .fullyConnected(let layer, let weights, let bias, let activation):
            return DenseKernel(
                shape,
                outputs: layer.outputs,
                weights: weights,
                bias: bias,
                activation: activation.kind,
                variant: variant,
                threads: settings.threads
            )
        case .affine(let factors, let activation):
            return AffineKernel(
                shape,
                scale: factors.scale.map { Float($0) },
                shift: factors.shift.map { Float($0) },
                activation: activation.kind,
                variant: variant
            )
        case .add(let activation):
            return AffineKernel(shape, addsSecond: true, activation: activation.kind, variant: variant)
        case .activation(let activation):
            return AffineKernel(shape, activation: Optional(activation).kind, variant: variant)
        case .maxPooling(let geometry):
            return MaxPoolKernel(geometry, variant: variant)
        case .averagePooling:
            return MeanKernel(shape)
        case .image:
            return PlanesToBlocksKernel(shape)
        }
    }

    private func convolution(
        _ folded: FoldedConvolution,
        _ geometry: WindowGeometry,
        _ activation: Activation?,
        pools: Bool,
        readsImage: Bool,
        hasSecond: Bool
    ) -> any BlockedKernel {
        let algorithm = algorithm(for: folded.convolution, over: geometry, readsImage: readsImage)
        let convolution = FusedConvolution(
            geometry,
            outputs: folded.convolution.outputs,
            weights: folded.weights,
            bias: folded.bias,
            hasResidual: hasSecond,
            activation: activation.kind
        )
        if algorithm == .depthwise { return DepthwiseKernel(convolution, variant: variant) }
        let threads = settings.threads
        if let tile = algorithm.tile {
            return WinogradKernel(convolution, tile: tile, pools: pools, variant: variant, threads: threads)
        }
        return ProductKernel(convolution, planarInput: readsImage, variant: variant, threads: threads)
    }

    /// How a convolution is computed.
    ///
    /// The image comes in planes, which only the direct product can read; layers of several groups never read it.
    private func algorithm(
        for convolution: Convolution,
        over geometry: WindowGeometry,
        readsImage: Bool
    ) -> ConvolutionAlgorithm {
        if readsImage { return .direct }
        if convolution.isDepthwise { return .depthwise }
        if let preferred, preferred.supports(convolution), ConvolutionAlgorithm.blocked.contains(preferred) {
            return preferred
        }
        guard settings.arithmetic == .fastest else { return .direct }
        return ConvolutionCost.fastest(
            of: ConvolutionAlgorithm.blocked,
            convolution,
            outputHeight: geometry.outputHeight,
            outputWidth: geometry.outputWidth,
            images: settings.batch
        ) ?? .direct
    }
}

extension FeatureMapShape {
    /// The shape in blocks of planes.
    var blocked: BlockedShape { BlockedShape(channels: channels, height: height, width: width) }
}
