/// Makes the kernels of layers, for one way of running them.
struct Lowering: Sendable {
    let settings: ExecutionSettings
    /// The algorithm to use where it is possible.
    let preferred: ConvolutionAlgorithm?
    /// What is known of the maps, for arithmetic in bytes.
    var ranges: ActivationRanges?

    /// Makes the kernel of a layer, with its parameters packed.
    ///
    /// - Parameters:
    ///   - fused: The layer.
    ///   - inputs: The shapes of its inputs.
    ///   - readsImage: Whether that is the planar image (NCHW).
    /// - Returns: The kernel.
    func kernel(_ fused: FusedLayer, inputs: [FeatureMapShape], readsImage: Bool) -> any BlockedKernel {
        let input = inputs[0]
        let shape = input.blocked
        switch fused.layer {
        case .convolution(let convolution):
            return kernel(fused, convolution, input: input, readsImage: readsImage)
        case .fullyConnected(let layer):
            return DenseKernel(
                shape,
                outputs: layer.outputs,
                weights: fused.values(.weight),
                bias: fused.values(.bias),
                activation: fused.activation,
                level: settings.level,
                threads: settings.threads
            )
        case .batchNormalization:
            return AffineKernel(
                shape,
                scale: fused.values(.scale),
                shift: fused.values(.shift),
                activation: fused.activation,
                level: settings.level
            )
        case .add:
            return AffineKernel(shape, addsSecond: true, activation: fused.activation, level: settings.level)
        case .activation(let activation):
            return AffineKernel(shape, activation: activation, level: settings.level)
        case .maxPooling(let window):
            return MaxPoolKernel(geometry(window, over: input), level: settings.level)
        case .globalAveragePooling:
            return MeanKernel(shape, level: settings.level)
        case .multiply:
            return MultiplyKernel(shape)
        case .gate:
            return GateKernel(shape, activation: fused.activation, level: settings.level)
        case .concatenation:
            return ConcatenationKernel(inputs.map(\.blocked))
        case .affine(let factor, let summand):
            return ScalarKernel(shape, factor: factor, summand: summand, level: settings.level)
        case .averagePooling(let pooling):
            return AveragePoolKernel(geometry(pooling.window, over: input), pooling: pooling)
        case .layerNormalization(let normalization):
            return LayerNormalizationKernel(
                shape,
                scale: fused.values(.scale),
                shift: fused.values(.shift),
                epsilon: normalization.epsilon,
                level: settings.level
            )
        case .softmax(let width):
            return SoftmaxKernel(count: input.count, width: width, level: settings.level)
        case .matrixProduct(let product):
            return MatrixProductKernel(product, level: settings.level)
        case .attention(let attention):
            return AttentionKernel(attention, inputs.map(\.blocked), level: settings.level)
        case .rearrangement(let rearrangement):
            return RearrangementKernel(rearrangement, input: input)
        case .general(let layer):
            return GeneralKernel(layer.operation)
        case .reshape:
            preconditionFailure("a view has no kernel")
        }
    }

    /// Whether layers that take the image need it in blocks of channels: all but convolutions of one group.
    func convertsImage(for readers: [Layer]) -> Bool {
        !readers.allSatisfy { layer in
            guard case .convolution(let convolution) = layer else { return false }
            return convolution.groups == 1
        }
    }

    /// Whether the maximum of 2x2 pixels can be taken at the end of a convolution over such a map.
    ///
    /// It is taken before the activation, which therefore must keep the order of values.
    func pools(after fused: FusedLayer, over input: FeatureMapShape, readsImage: Bool) -> Bool {
        guard settings.arithmetic != .int8, case .convolution(let convolution) = fused.layer, !fused.hasResidual,
            KernelActivation(fused.activation).isLimits
        else { return false }
        let geometry = geometry(convolution.window, over: input)
        return geometry.outputHeight > 1 && geometry.outputWidth > 1
            && algorithm(for: convolution, over: geometry, readsImage: readsImage).tile.map { $0 % 2 == 0 } ?? false
    }

    private func kernel(
        _ fused: FusedLayer,
        _ convolution: Convolution,
        input: FeatureMapShape,
        readsImage: Bool
    ) -> any BlockedKernel {
        let geometry = geometry(convolution.window, over: input)
        let (level, threads) = (settings.level, settings.threads)
        let fusion = fusion(fused, convolution, geometry)
        let algorithm = algorithm(for: convolution, over: geometry, readsImage: readsImage)
        if algorithm == .depthwise { return DepthwiseKernel(fusion, level: level) }
        if !readsImage && prefersBFloat16(convolution, to: algorithm, over: geometry) {
            return BFloat16ConvolutionKernel(fusion, level: level, threads: threads)
        }
        if let tile = algorithm.tile {
            // As if no other step limited the images of a pass.
            let maps = input.count + convolution.outputs * geometry.outputPixels
            let images = ProgramAssembly.images(ofPassWith: maps, batch: settings.batch)
            return WinogradKernel(
                fusion,
                tile: tile,
                pools: fused.pools,
                level: level,
                threads: threads,
                images: images,
                passes: (settings.batch + images - 1) / images
            )
        }
        return ProductKernel(fusion, planarInput: readsImage, level: level, threads: threads)
    }

    /// Whether there is a kernel in bytes for a layer.
    func quantizes(_ fused: FusedLayer, over input: FeatureMapShape) -> Bool {
        guard settings.arithmetic == .int8, !fused.pools, let convolution = fused.convolution else { return false }
        let window = convolution.window
        let terms = ChannelsLastGeometry.pitch(convolution.inputs) * window.height * window.width
        return convolution.groups == 1 && terms <= QuantizedConvolutionKernel.mostTerms
    }

    /// Makes the kernel of a layer in bytes, with its parameters packed.
    func quantizedKernel(
        _ fused: FusedLayer,
        over shape: FeatureMapShape,
        input: ByteQuantization,
        residual: ByteQuantization?,
        output: ByteQuantization?
    ) -> any BlockedKernel {
        guard let convolution = fused.convolution else { preconditionFailure("a layer without a kernel in bytes") }
        return QuantizedConvolutionKernel(
            fusion(fused, convolution, geometry(convolution.window, over: shape)),
            input: input,
            residual: residual,
            output: output,
            level: settings.level,
            threads: settings.threads
        )
    }

    private func fusion(
        _ fused: FusedLayer,
        _ convolution: Convolution,
        _ geometry: WindowGeometry
    ) -> FusedConvolution {
        FusedConvolution(
            geometry,
            outputs: convolution.outputs,
            groups: convolution.groups,
            weights: fused.values(.weight),
            hasInputsFirst: convolution.hasInputsFirst,
            bias: fused.values(.bias),
            hasResidual: fused.hasResidual,
            activation: fused.activation
        )
    }

    /// The algorithm of a convolution.
    ///
    /// The image is planar (NCHW), which only the direct product can read; layers of several groups never read it.
    private func algorithm(
        for convolution: Convolution,
        over geometry: WindowGeometry,
        readsImage: Bool
    ) -> ConvolutionAlgorithm {
        if readsImage { return .direct }
        if convolution.isDepthwise { return .depthwise }
        if let preferred, preferred.supports(convolution) { return preferred }
        guard settings.arithmetic != .exact else { return .direct }
        return ConvolutionCost.fastest(
            of: ConvolutionAlgorithm.allCases,
            convolution,
            outputHeight: geometry.outputHeight,
            outputWidth: geometry.outputWidth,
            images: settings.batch
        ) ?? .direct
    }

    /// Whether a convolution is expected to be faster in bfloat16 than by an algorithm in floats.
    private func prefersBFloat16(
        _ convolution: Convolution,
        to algorithm: ConvolutionAlgorithm,
        over geometry: WindowGeometry
    ) -> Bool {
        guard settings.arithmetic == .bfloat16, convolution.groups == 1 else { return false }
        let (height, width, images) = (geometry.outputHeight, geometry.outputWidth, settings.batch)
        return ConvolutionCost.estimateBFloat16(convolution, outputHeight: height, outputWidth: width, images: images)
            < ConvolutionCost.estimate(
                algorithm,
                convolution,
                outputHeight: height,
                outputWidth: width,
                images: images
            )
    }

    private func geometry(_ window: SlidingWindow, over input: FeatureMapShape) -> WindowGeometry {
        guard let geometry = window.geometry(over: input) else {
            preconditionFailure("the shapes of layers were checked before")
        }
        return geometry
    }
}

extension FeatureMapShape {
    /// The shape in blocks of channels.
    var blocked: BlockedShape { BlockedShape(channels: channels, height: height, width: width) }
}
