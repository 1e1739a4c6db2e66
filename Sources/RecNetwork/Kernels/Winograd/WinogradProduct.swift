internal import CRecKernels
internal import RecCompute

/// The products of tiles' transforms by filters, one position at a time.
@safe
struct WinogradProduct {
    private let schedule: WinogradSchedule
    private let transforms: UnsafePointer<Float>
    private let products: UnsafeMutablePointer<Float>
    private let offsets: UnsafeMutableBufferPointer<Int>
    private let level: ProcessorLevel
    private let inputPitch: Int
    private let outputPitch: Int
    private var product: rec_product
    /// The phases that ``offsets`` lead to.
    private var phases: [Int] = []

    /// Prepares products of `blocks` blocks; `offsets` has room for one number a block of all phases.
    init(
        tiles: Int,
        blocks: Int,
        _ schedule: WinogradSchedule,
        _ transforms: UnsafePointer<Float>,
        _ products: UnsafeMutablePointer<Float>,
        offsets: UnsafeMutableBufferPointer<Int>,
        _ level: ProcessorLevel
    ) {
        self.schedule = schedule
        unsafe self.transforms = transforms
        unsafe self.products = products
        unsafe self.offsets = offsets
        self.level = level
        inputPitch = schedule.positionPitch(tiles: tiles, blocks: schedule.phaseBlocks)
        outputPitch = schedule.positionPitch(tiles: tiles, blocks: blocks)
        unsafe product = rec_product(
            input: transforms,
            offsets: UnsafePointer(offsets.baseAddress),
            offset_count: 0,
            run: BlockedShape.lanes,
            pixel_pitch: BlockedShape.lanes,
            row_pitch: 0,
            rows: 1,
            pixels: tiles,
            weights: transforms,
            blocks: 0,
            output: products,
            output_block_pitch: tiles * BlockedShape.lanes,
            output_row_pitch: 0,
            output_pixel_pitch: BlockedShape.lanes,
            finish: KernelFinish(activation: nil).raw(residual: nil)
        )
    }

    /// Computes some blocks of a position with their filters, panel after panel.
    @unsafe
    mutating func run(position: Int, blocks: Range<Int>, _ weights: UnsafePointer<Float>) {
        let taking = schedule.scheme.phasesOfPosition[position]
        if taking != phases { lead(to: taking) }
        unsafe product.input = transforms + position * inputPitch
        unsafe product.output = products + position * outputPitch + blocks.lowerBound * product.output_block_pitch
        unsafe product.weights = weights
        unsafe product.blocks = blocks.count
        unsafe level.kernels.pointee.network.product(&product)
    }

    private mutating func lead(to taking: [Int]) {
        phases = taking
        let blocks = schedule.input.blocks
        unsafe product.offset_count = taking.count * blocks
        for (index, phase) in taking.enumerated() {
            for block in 0..<blocks {
                unsafe offsets[index * blocks + block] = (phase * blocks + block) * product.output_block_pitch
            }
        }
    }
}
