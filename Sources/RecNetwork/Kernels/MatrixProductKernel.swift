internal import CRecKernels
package import RecCompute

/// Products of matrices that are both computed; the right one is packed for each product.
@safe
package struct MatrixProductKernel: BlockedKernel {
    private let product: MatrixProduct
    private let level: ProcessorLevel
    /// The offsets of the terms of a sum in a row.
    private let offsets: [Int]

    package init(_ product: MatrixProduct, level: ProcessorLevel) {
        self.product = product
        self.level = level
        let run = Self.run(product)
        offsets = (0..<product.depth / run).map { $0 * run }
    }

    package var algorithm: String { "product" }
    package var inputCount: Int { product.left.blocked.count }
    package var secondCount: Int { product.right.blocked.count }
    package var outputCount: Int { product.output.blocked.count }
    package var multiplyAdds: Int { product.batch * product.rows * product.depth * product.columns }

    /// Columns of whole blocks.
    private var columns: Int { blocks * BlockedShape.lanes }
    private var blocks: Int { (product.columns + BlockedShape.lanes - 1) / BlockedShape.lanes }
    private var packedCount: Int { product.depth * columns }
    private var isWhole: Bool { columns == product.columns }

    private static func run(_ product: MatrixProduct) -> Int {
        product.depth % BlockedShape.lanes == 0 ? BlockedShape.lanes : 1
    }

    package func privateScratch(images: Int) -> Int { packedCount + (isWhole ? 0 : product.rows * columns) }

    package func units(images: Int) -> [Int] { [images * product.batch] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        guard let second = unsafe memory.second else { return }
        let (image, pair) = (unit / product.batch, unit % product.batch)
        let left = unsafe memory.input + image * inputCount + pair * product.rows * product.depth
        let right = unsafe second + image * secondCount + pair * product.depth * product.columns
        let target = unsafe memory.output + image * outputCount + pair * product.rows * product.columns
        unsafe rec_pack_operand_f32(
            right,
            product.depth,
            product.columns,
            product.isTransposed ? 1 : product.columns,
            product.isTransposed ? product.depth : 1,
            memory.own
        )
        let sums = unsafe isWhole ? target : memory.own + packedCount
        let finish = KernelFinish(activation: nil)
        unsafe offsets.withUnsafeBufferPointer { offsets in
            var raw = unsafe rec_product(
                input: left,
                offsets: offsets.baseAddress,
                offset_count: offsets.count,
                run: Self.run(product),
                pixel_pitch: product.depth,
                row_pitch: 0,
                rows: 1,
                pixels: product.rows,
                weights: UnsafePointer(memory.own),
                blocks: blocks,
                output: sums,
                output_block_pitch: BlockedShape.lanes,
                output_row_pitch: 0,
                output_pixel_pitch: columns,
                finish: finish.raw(residual: nil)
            )
            unsafe level.kernels.pointee.network.product(&raw)
        }
        if !isWhole {
            for row in 0..<product.rows {
                unsafe (target + row * product.columns).update(from: sums + row * columns, count: product.columns)
            }
        }
        if pair == product.batch - 1 {
            let values = product.output.channels
            let end = unsafe memory.output + image * outputCount + values
            unsafe end.update(repeating: 0, count: outputCount - values)
        }
    }
}
