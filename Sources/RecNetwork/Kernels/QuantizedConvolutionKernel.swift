internal import CRecKernels
internal import RecCompute

/// A convolution, or a fully connected layer, of bytes with weights of signed bytes, one scale for each output channel.
///
/// Jacob et al. 2017, arXiv:1712.05877, with weights symmetric about 0.
@safe
struct QuantizedConvolutionKernel: BlockedKernel {
    private let geometry: ChannelsLastGeometry
    private let outputs: Int
    private let filterCount: Int
    private let input: ByteQuantization
    private let residual: ByteQuantization?
    /// `nil` for an output of floats in blocks.
    private let output: ByteQuantization?
    private let weights: PackedFloats
    /// For each plane the integer that its sum starts from.
    private let starts: PackedFloats
    private let scale: PackedFloats
    private let bias: PackedFloats
    private let low: Float
    private let high: Float
    private let activation: Activation?
    private let level: ProcessorLevel
    private let threads: Int

    /// The longest sum that 32 bits hold for certain.
    static let mostTerms = Int(Int32.max) / (255 * 127)

    /// Quantises and packs the weights of a convolution of one group.
    init(
        _ convolution: FusedConvolution,
        input: ByteQuantization,
        residual: ByteQuantization?,
        output: ByteQuantization?,
        level: ProcessorLevel,
        threads: Int
    ) {
        precondition(convolution.groups == 1 && convolution.hasResidual == (residual != nil), "a plain convolution")
        let format = unsafe level.kernels.pointee.bytes.format
        let geometry = ChannelsLastGeometry(
            convolution.window,
            outputs: convolution.outputs,
            number: format.number,
            joinsImages: output != nil
        )
        precondition(geometry.depthBytes / format.number <= Self.mostTerms, "too long a sum")
        self.geometry = geometry
        outputs = convolution.outputs
        filterCount = convolution.weights.count
        self.input = input
        self.residual = residual
        self.output = output
        self.level = level
        self.threads = threads

        let quantized = QuantizedWeights(convolution, order: geometry.weightOrder(), planes: geometry.planes)
        let depth = geometry.depthBytes / format.number
        weights = unsafe PackedFloats(uninitializedCount: geometry.planes * geometry.depthBytes / 4) { target in
            var format = format
            unsafe rec_pack_bytes(quantized.matrix, geometry.planes, depth, &format, target)
        }
        starts = unsafe PackedFloats(count: geometry.planes) { target in
            unsafe target.withMemoryRebound(to: Int32.self, capacity: geometry.planes) { numbers in
                for plane in 0..<geometry.planes { unsafe numbers[plane] = -input.zero * quantized.sums[plane] }
            }
        }

        let step = Double(output?.scale ?? 1)
        let zero = Double(output?.zero ?? 0)
        let added = residual.map { Double($0.scale) * Double($0.zero) } ?? 0
        scale = PackedFloats(quantized.scales.map { Float(Double(input.scale) * $0 / step) }, count: geometry.planes)
        bias = PackedFloats(
            convolution.bias.map { Float((Double($0) - added) / step + zero) },
            count: geometry.planes
        )
        let limits = KernelActivation(convolution.activation)
        let (least, most): (Double, Double) = output == nil ? (-.infinity, .infinity) : (0, 255)
        low = Float(max(Double(limits.low) / step + zero, least))
        high = Float(min(Double(limits.high) / step + zero, most))
        precondition(output == nil || limits.isLimits, "functions give floats")
        activation = limits.isLimits ? nil : convolution.activation
    }

    var algorithm: String { "int8" }
    var inputCount: Int { ByteMap.count(geometry.window.blockedInput) }
    var secondCount: Int { residual == nil ? 0 : ByteMap.count(outputShape) }
    var outputCount: Int { output == nil ? outputShape.count : ByteMap.count(outputShape) }
    var parameterCount: Int { weights.count + 3 * geometry.planes }
    var multiplyAdds: Int { filterCount * geometry.window.outputPixels }

    private var outputShape: BlockedShape {
        BlockedShape(channels: outputs, height: geometry.window.outputHeight, width: geometry.window.outputWidth)
    }

    /// Whether the products read a copy of the map.
    private var copies: Bool { geometry.isPadded || geometry.number > 1 }

    func sharedScratch(images: Int) -> Int { copies ? (images * geometry.imageBytes + 3) / 4 : 0 }

    func units(images: Int) -> [Int] {
        let tasks = geometry.tasks(images: images, threads: threads)
        return copies ? [images, tasks] : [tasks]
    }

    func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        if copies && phase == 0 {
            unsafe pad(unit, memory)
            return
        }
        let source = unsafe copies ? UnsafeRawPointer(memory.shared) : UnsafeRawPointer(memory.input)
        let task = geometry.task(unit, images: images, threads: threads)
        let plane = task.planes.lowerBound
        let isBytes = output != nil
        let bytes = geometry.place(task, element: geometry.planes, image: ByteMap.count(outputShape) * 4)
        let floats = geometry.place(task, element: BlockedShape.lanes, image: outputShape.count)
        let place = isBytes ? bytes : floats
        let block = plane / BlockedShape.lanes
        let start = isBytes ? place.start + plane : place.start + block * outputShape.blockCount
        unsafe geometry.offsets.withUnsafeBufferPointer { offsets in
            var product = unsafe rec_byte_product(
                operands: geometry.operands(task, source: source, offsets: offsets.baseAddress, weights: weights.base),
                starts: UnsafeRawPointer(starts.base + plane).assumingMemoryBound(to: Int32.self),
                scale: scale.base + plane,
                bias: bias.base + plane,
                residual: residual == nil ? nil : memory.second.map { unsafe ByteMap.bytes($0) + bytes.start + plane },
                residual_scale: (residual?.scale ?? 0) / (output?.scale ?? 1),
                low: low,
                high: high,
                bytes: isBytes ? ByteMap.bytes(memory.output) + start : nil,
                floats: isBytes ? nil : memory.output + start,
                blocks: min(outputShape.blocks, task.planes.upperBound / BlockedShape.lanes) - block,
                block_pitch: outputShape.blockCount,
                pixel_pitch: place.pixelPitch,
                row_pitch: place.rowPitch,
                residual_pixel_pitch: bytes.pixelPitch,
                residual_row_pitch: bytes.rowPitch
            )
            unsafe level.kernels.pointee.bytes.product(&product)
        }
        guard let activation else { return }
        unsafe geometry.apply(activation, to: task, outputShape, memory.output, level: level)
    }

    /// Copies one image with the byte of 0 around it.
    @unsafe
    private func pad(_ image: Int, _ memory: KernelMemory) {
        let window = geometry.window
        unsafe rec_pad_bytes(
            ByteMap.bytes(memory.input) + image * inputCount * 4,
            window.height,
            window.width,
            geometry.pitch,
            window.padTop,
            window.padLeft,
            geometry.paddedHeight,
            geometry.paddedWidth,
            UInt8(input.zero),
            geometry.number,
            UnsafeMutableRawPointer(memory.shared) + image * geometry.imageBytes
        )
    }
}
