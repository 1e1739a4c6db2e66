internal import CRecKernels
package import RecCompute

/// A convolution of one filter per channel.
@safe
package struct DepthwiseKernel: BlockedKernel {
    private let window: WindowGeometry
    private let hasResidual: Bool
    private let weights: PackedFloats
    private let finish: KernelFinish
    private let level: ProcessorLevel

    /// Packs the weights (C1HW) of a convolution.
    package init(_ convolution: FusedConvolution, level: ProcessorLevel) {
        window = convolution.window
        precondition(convolution.outputs == window.channels, "one filter a plane")
        precondition(convolution.weights.count == window.channels * window.kernelCount, "weights size")
        hasResidual = convolution.hasResidual
        self.level = level
        finish = convolution.finish
        let filters = BlockedShape(channels: window.channels, height: window.kernelHeight, width: window.kernelWidth)
        weights = unsafe PackedFloats(count: filters.count) { target in
            unsafe rec_planes_to_blocks_f32(convolution.weights, filters.channels, filters.pixels, target)
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
        var raw = window.raw
        let place = unit * window.blockedOutput.blockCount
        var finish = unsafe finish.raw(block: block, residual: memory.second.map { unsafe $0 + place })
        unsafe level.kernels.pointee.network.depthwise(
            &raw,
            memory.input + unit * window.blockedInput.blockCount,
            weights.base + block * window.kernelCount * BlockedShape.lanes,
            &finish,
            memory.output + place
        )
    }
}
