/// One computation of a program on feature maps in blocks, with its parameters and all sizes fixed.
///
/// A computation has phases, a phase has units. Phases run one after the other; the units of a phase may run on several
/// threads in any order. A value depends on its own image only, and on nothing that the number of images, units or
/// threads changes: it is the same bits in every batch.
package protocol BlockedKernel: Sendable {
    /// Floats of one image of the input.
    var inputCount: Int { get }
    /// Floats of one image of the second input, 0 for none.
    var secondCount: Int { get }
    /// Floats of one image of the third input and of each further one.
    var otherCounts: [Int] { get }
    /// Floats of one image of the output.
    var outputCount: Int { get }
    /// Multiplications that are followed by an addition, for one image, as a direct computation would have them.
    var multiplyAdds: Int { get }
    /// Floats of packed parameters.
    var parameterCount: Int { get }
    /// The name of its algorithm.
    var algorithm: String { get }

    /// Whether each pass prepares parameters, so that threads that share passes would all do so.
    var preparesParameters: Bool { get }

    /// Floats of scratch memory that the units of a pass share, for a number of images.
    func sharedScratch(images: Int) -> Int
    /// Floats of scratch memory that each thread needs for itself.
    func privateScratch(images: Int) -> Int
    /// The number of units of each phase.
    func units(images: Int) -> [Int]
    /// Computes one unit.
    ///
    /// - Precondition: The memory is as large as the counts say.
    @unsafe
    func run(phase: Int, unit: Int, images: Int, memory: KernelMemory)
}

/// The maps of a kernel, image after image.
@unsafe
package struct KernelMemory {
    let input: UnsafePointer<Float>
    let second: UnsafePointer<Float>?
    let others: [UnsafePointer<Float>]
    let output: UnsafeMutablePointer<Float>
    let shared: UnsafeMutablePointer<Float>
    let own: UnsafeMutablePointer<Float>

    /// An input of the step by its position; `nil` when the step has fewer.
    func input(at index: Int) -> UnsafePointer<Float>? {
        switch index {
        case 0: unsafe input
        case 1: unsafe second
        default: unsafe others[index - 2]
        }
    }
}

extension BlockedKernel {
    package var secondCount: Int { 0 }
    package var otherCounts: [Int] { [] }
    package var multiplyAdds: Int { 0 }
    package var parameterCount: Int { 0 }
    package var preparesParameters: Bool { false }
    package func sharedScratch(images: Int) -> Int { 0 }
    package func privateScratch(images: Int) -> Int { 0 }
}

/// Part `index` of `count` nearly equal parts of `total` items.
func part(_ index: Int, of count: Int, total: Int) -> Range<Int> {
    total * index / count..<total * (index + 1) / count
}
