internal import CRecKernels
internal import RecCompute

/// A convolution of floats that are rounded to bfloat16 as they are multiplied; sums, bias and activation are floats.
@safe
struct BFloat16ConvolutionKernel: BlockedKernel {
    private let geometry: ChannelsLastGeometry
    private let outputs: Int
    private let filterCount: Int
    private let hasResidual: Bool
    private let weights: PackedFloats
    private let finish: KernelFinish
    private let activation: Activation?
    private let level: ProcessorLevel
    private let threads: Int

    /// Whether the processor has these products.
    static func runs(at level: ProcessorLevel) -> Bool { unsafe level.kernels.pointee.bfloat16.product != nil }

    /// Rounds and packs the weights of a convolution of one group.
    init(_ convolution: FusedConvolution, level: ProcessorLevel, threads: Int) {
        precondition(convolution.groups == 1, "a plain convolution")
        let format = unsafe level.kernels.pointee.bfloat16.format
        let geometry = ChannelsLastGeometry(
            convolution.window,
            outputs: convolution.outputs,
            number: format.number,
            joinsImages: false
        )
        self.geometry = geometry
        outputs = convolution.outputs
        filterCount = convolution.weights.count
        hasResidual = convolution.hasResidual
        self.level = level
        self.threads = threads
        let limits = KernelActivation(convolution.activation)
        activation = limits.isLimits ? nil : convolution.activation
        let bias = convolution.bias + [Float](repeating: 0, count: geometry.planes - outputs)
        finish = KernelFinish(bias: bias, activation: limits.isLimits ? convolution.activation : nil)
        let matrix = convolution.matrix(order: geometry.weightOrder(), planes: geometry.planes)
        let depth = geometry.depthBytes / format.number
        weights = unsafe PackedFloats(uninitializedCount: geometry.planes * geometry.depthBytes / 4) { target in
            var format = format
            unsafe target.withMemoryRebound(to: UInt16.self, capacity: geometry.planes * depth) { numbers in
                unsafe rec_pack_bfloat16(matrix, geometry.planes, depth, &format, numbers)
            }
        }
    }

    var algorithm: String { "bfloat16" }
    var inputCount: Int { geometry.window.blockedInput.count }
    var secondCount: Int { hasResidual ? outputCount : 0 }
    var outputCount: Int { outputShape.count }
    var parameterCount: Int { weights.count + geometry.planes }
    var multiplyAdds: Int { filterCount * geometry.window.outputPixels }

    private var outputShape: BlockedShape {
        BlockedShape(channels: outputs, height: geometry.window.outputHeight, width: geometry.window.outputWidth)
    }

    func sharedScratch(images: Int) -> Int { (images * geometry.imageBytes + 3) / 4 }

    /// Parts of an image that are converted apart from each other.
    private static let bands = 4

    func units(images: Int) -> [Int] { [images * Self.bands, geometry.tasks(images: images, threads: threads)] }

    func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        if phase == 0 {
            unsafe convert(image: unit / Self.bands, band: unit % Self.bands, memory)
            return
        }
        let task = geometry.task(unit, images: images, threads: threads)
        let block = task.planes.lowerBound / BlockedShape.lanes
        let place = geometry.place(task, element: BlockedShape.lanes, image: outputShape.count)
        let start = place.start + block * outputShape.blockCount
        unsafe geometry.offsets.withUnsafeBufferPointer { offsets in
            var product = unsafe rec_bfloat16_product(
                operands: geometry.operands(
                    task,
                    source: UnsafeRawPointer(memory.shared),
                    offsets: offsets.baseAddress,
                    weights: weights.base
                ),
                output: memory.output + start,
                blocks: min(outputShape.blocks, task.planes.upperBound / BlockedShape.lanes) - block,
                block_pitch: outputShape.blockCount,
                pixel_pitch: place.pixelPitch,
                row_pitch: place.rowPitch,
                finish: finish.raw(block: block, residual: memory.second.map { unsafe $0 + start })
            )
            unsafe level.kernels.pointee.bfloat16.product(&product)
        }
        guard let activation else { return }
        unsafe geometry.apply(activation, to: task, outputShape, memory.output, level: level)
    }

    /// Rounds some rows of an image, with zeros around them.
    @unsafe
    private func convert(image: Int, band: Int, _ memory: KernelMemory) {
        let window = geometry.window
        let row = geometry.paddedWidth * geometry.pitch
        let shared = unsafe UnsafeMutableRawPointer(memory.shared).assumingMemoryBound(to: UInt16.self)
        let target = unsafe shared + image * geometry.paddedHeight * row
        let rows = part(band, of: Self.bands, total: geometry.paddedHeight)
        if geometry.isPadded {
            unsafe (target + rows.lowerBound * row).initialize(repeating: 0, count: rows.count * row)
        }
        let real = rows.clamped(to: window.padTop..<window.padTop + window.height)
        let map = window.blockedInput
        unsafe level.kernels.pointee.bfloat16.convert(
            memory.input + image * inputCount + (real.lowerBound - window.padTop) * window.width * BlockedShape.lanes,
            map.blocks,
            map.blockCount,
            real.count,
            window.width,
            target + real.lowerBound * row + window.padLeft * geometry.pitch,
            row
        )
    }
}
