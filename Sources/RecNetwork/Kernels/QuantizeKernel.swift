internal import CRecKernels
internal import RecCompute

/// From floats in blocks to bytes with the channels last.
@safe
struct QuantizeKernel: BlockedKernel {
    let shape: BlockedShape
    let quantization: ByteQuantization
    let level: ProcessorLevel

    var algorithm: String { "layout" }
    var inputCount: Int { shape.count }
    var outputCount: Int { ByteMap.count(shape) }

    func units(images: Int) -> [Int] { [images] }

    func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        unsafe level.kernels.pointee.bytes.quantize(
            memory.input + unit * inputCount,
            shape.blocks,
            shape.pixels,
            1 / quantization.scale,
            Float(quantization.zero),
            ByteMap.bytes(memory.output) + unit * outputCount * 4
        )
    }
}
