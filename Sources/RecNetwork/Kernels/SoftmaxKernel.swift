internal import CRecKernels
package import RecCompute

/// The softmax of the rows of a vector.
@safe
package struct SoftmaxKernel: BlockedKernel {
    private let vector: BlockedShape
    private let width: Int
    private let level: ProcessorLevel

    package init(count: Int, width: Int, level: ProcessorLevel) {
        precondition(width > 0 && count % width == 0, "rows")
        vector = BlockedShape(channels: count, height: 1, width: 1)
        self.width = width
        self.level = level
    }

    package var algorithm: String { "softmax" }
    package var inputCount: Int { vector.count }
    package var outputCount: Int { vector.count }

    private var rows: Int { vector.channels / width }
    private var parts: Int { min(rows, max(vector.channels >> 14, 1)) }

    package func units(images: Int) -> [Int] { [images * parts] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        let rows = part(unit % parts, of: parts, total: rows)
        let place = unit / parts * vector.count
        unsafe level.kernels.pointee.network.softmax(
            memory.input + place + rows.lowerBound * width,
            rows.count,
            width,
            memory.output + place + rows.lowerBound * width
        )
        if rows.upperBound == self.rows {
            let rest = vector.count - vector.channels
            unsafe (memory.output + place + vector.channels).update(repeating: 0, count: rest)
        }
    }
}
