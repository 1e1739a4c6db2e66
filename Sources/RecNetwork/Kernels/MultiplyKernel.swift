/// The product of two maps, value by value.
@safe
package struct MultiplyKernel: BlockedKernel {
    private let shape: BlockedShape

    package init(_ shape: BlockedShape) { self.shape = shape }

    package var algorithm: String { "multiply" }
    package var inputCount: Int { shape.count }
    package var secondCount: Int { shape.count }
    package var outputCount: Int { shape.count }

    package func units(images: Int) -> [Int] { [images * shape.blocks] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        guard let second = unsafe memory.second else { return }
        let place = unit * shape.blockCount
        let first = unsafe memory.input + place
        let factors = unsafe second + place
        let output = unsafe memory.output + place
        for index in 0..<shape.blockCount { unsafe output[index] = first[index] * factors[index] }
    }
}
