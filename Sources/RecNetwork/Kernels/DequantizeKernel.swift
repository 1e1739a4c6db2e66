internal import CRecKernels

/// From bytes with the channels last to floats in blocks.
@safe
struct DequantizeKernel: BlockedKernel {
    let shape: BlockedShape
    let quantization: ByteQuantization

    var algorithm: String { "layout" }
    var inputCount: Int { ByteMap.count(shape) }
    var outputCount: Int { shape.count }

    func units(images: Int) -> [Int] { [images] }

    func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        unsafe rec_dequantize(
            ByteMap.bytes(memory.input) + unit * inputCount * 4,
            shape.channels,
            shape.pixels,
            quantization.zero,
            quantization.scale,
            memory.output + unit * outputCount
        )
    }
}
