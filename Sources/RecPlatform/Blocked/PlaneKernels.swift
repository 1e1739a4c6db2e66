internal import CRecKernels

extension WindowGeometry {
    /// The window over one plane.
    var plane: rec_plane_window {
        rec_plane_window(
            height: height,
            width: width,
            kernel_height: kernelHeight,
            kernel_width: kernelWidth,
            stride_height: strideHeight,
            stride_width: strideWidth,
            pad_top: padTop,
            pad_left: padLeft,
            output_height: outputHeight,
            output_width: outputWidth
        )
    }

    var blockedInput: BlockedShape { BlockedShape(channels: channels, height: height, width: width) }
    var blockedOutput: BlockedShape { BlockedShape(channels: channels, height: outputHeight, width: outputWidth) }
}

/// A convolution of one filter a plane.
@safe
package struct DepthwiseKernel: BlockedKernel {
    private let window: WindowGeometry
    private let hasResidual: Bool
    private let weights: PackedFloats
    private let finish: KernelFinish
    private let variant: KernelVariant

    /// Packs the weights (C1HW) of a convolution.
    package init(
        _ window: WindowGeometry,
        weights: [Float],
        bias: [Float],
        hasResidual: Bool,
        activation: ActivationKind,
        variant: KernelVariant
    ) {
        precondition(weights.count == window.channels * window.kernelCount, "weights size")
        precondition(bias.count == window.channels, "bias size")
        self.window = window
        self.hasResidual = hasResidual
        self.variant = variant
        finish = KernelFinish(bias: bias, activation: activation)
        let filters = BlockedShape(channels: window.channels, height: window.kernelHeight, width: window.kernelWidth)
        self.weights = unsafe PackedFloats(count: filters.count) { target in
            unsafe rec_planes_to_blocks_f32(weights, filters.channels, filters.pixels, target)
        }
    }

    package var algorithm: String { "depthwise" }
    package var inputCount: Int { window.blockedInput.count }
    package var outputCount: Int { window.blockedOutput.count }
    package var secondCount: Int { hasResidual ? outputCount : 0 }
    package var parameterCount: Int { weights.count + window.channels }
    package var multiplyAdds: Int { window.channels * window.kernelCount * window.outputPixels }

    package func units(images: Int) -> [Int] { [images * window.blockedInput.blocks] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        let block = unit % window.blockedInput.blocks
        var plane = window.plane
        let place = unit * window.blockedOutput.blockCount
        var finish = unsafe finish.raw(block: block, residual: memory.second.map { unsafe $0 + place })
        unsafe rec_blocked_depthwise_f32(
            variant.raw,
            &plane,
            memory.input + unit * window.blockedInput.blockCount,
            weights.base + block * window.kernelCount * BlockedShape.lanes,
            &finish,
            memory.output + place
        )
    }
}

/// The maximum over each window.
@safe
package struct MaxPoolKernel: BlockedKernel {
    private let window: WindowGeometry
    private let variant: KernelVariant

    package init(_ window: WindowGeometry, variant: KernelVariant) {
        self.window = window
        self.variant = variant
    }

    package var algorithm: String { "maximum" }
    package var inputCount: Int { window.blockedInput.count }
    package var outputCount: Int { window.blockedOutput.count }

    package func units(images: Int) -> [Int] { [images * window.blockedInput.blocks] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        var plane = window.plane
        unsafe rec_blocked_maxpool_f32(
            variant.raw,
            &plane,
            memory.input + unit * window.blockedInput.blockCount,
            memory.output + unit * window.blockedOutput.blockCount
        )
    }
}

/// A factor and a summand a plane, a sum with another map, an activation: each if wanted.
@safe
package struct AffineKernel: BlockedKernel {
    private let shape: BlockedShape
    private let scale: PackedFloats?
    private let finish: KernelFinish
    private let hasSecond: Bool
    private let variant: KernelVariant

    /// An empty `scale` or `shift` is left out.
    package init(
        _ shape: BlockedShape,
        scale: [Float] = [],
        shift: [Float] = [],
        addsSecond: Bool = false,
        activation: ActivationKind,
        variant: KernelVariant
    ) {
        precondition(scale.isEmpty || scale.count == shape.channels, "scale size")
        precondition(shift.isEmpty || shift.count == shape.channels, "shift size")
        self.shape = shape
        self.scale = scale.isEmpty ? nil : PackedFloats(scale, count: shape.blocks * BlockedShape.lanes)
        finish = KernelFinish(bias: shift, activation: activation)
        hasSecond = addsSecond
        self.variant = variant
    }

    package var algorithm: String { "affine" }
    package var inputCount: Int { shape.count }
    package var secondCount: Int { hasSecond ? shape.count : 0 }
    package var outputCount: Int { shape.count }
    package var parameterCount: Int { (scale?.count ?? 0) + (finish.bias?.count ?? 0) }

    package func units(images: Int) -> [Int] { [images * shape.blocks] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        let block = unit % shape.blocks
        let place = unit * shape.blockCount
        var finish = unsafe finish.raw(block: block, residual: memory.second.map { unsafe $0 + place })
        unsafe rec_blocked_affine_f32(
            variant.raw,
            memory.input + place,
            shape.pixels,
            scale.map { unsafe $0.base + block * BlockedShape.lanes },
            &finish,
            memory.output + place
        )
    }
}

/// The mean of each plane.
@safe
package struct MeanKernel: BlockedKernel {
    private let shape: BlockedShape

    package init(_ shape: BlockedShape) { self.shape = shape }

    package var algorithm: String { "mean" }
    package var inputCount: Int { shape.count }
    package var outputCount: Int { shape.blocks * BlockedShape.lanes }

    package func units(images: Int) -> [Int] { [images * shape.blocks] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        unsafe rec_blocked_mean_f32(
            memory.input + unit * shape.blockCount,
            shape.pixels,
            memory.output + unit * BlockedShape.lanes
        )
    }
}
