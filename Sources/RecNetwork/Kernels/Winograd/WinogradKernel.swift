internal import CRecKernels
package import RecCompute

/// A 3x3 convolution of stride 1 or 2 by Winograd's minimal filtering; Lavin and Gray 2015, arXiv:1509.09308.
///
/// With stride 1 it is F(m x m, 3 x 3) in m + 2 points along each axis. With stride 2 the input falls into four phases,
/// by the parity of rows and columns, of a convolution of stride 1 whose windows have 2x2, 2x1, 1x2 and 1x1 taps. They
/// are transformed in the points of F(7, 2) and summed before the way back, so that 49 outputs take 225 multiplications
/// instead of 441. Maps of 224, 112, 56, 28, 14 and 7 are whole numbers of tiles of 7.
@safe
package struct WinogradKernel: BlockedKernel {
    private let window: WindowGeometry
    private let pools: Bool
    private let hasResidual: Bool
    private let filters: WinogradFilters
    private let schedule: WinogradSchedule
    private let finish: KernelFinish
    private let level: ProcessorLevel

    /// The tiles that can compute a convolution with a window of that size and stride: none for most.
    package static func tiles(kernel: (height: Int, width: Int), stride: (height: Int, width: Int)) -> [Int] {
        guard kernel == (3, 3), stride.height == stride.width else { return [] }
        return stride.height == 1 ? [2, 4, 6, 7] : stride.height == 2 ? [7] : []
    }

    /// Packs the weights (OIHW) of a convolution.
    ///
    /// Filters are kept transformed, or transformed anew in each pass; the bits are the same.
    ///
    /// - Parameters:
    ///   - convolution: The convolution, its weights as OIHW.
    ///   - tile: Rows and columns of a tile of the output.
    ///   - pools: Whether the maximum of each 2x2 pixels is taken at the end.
    ///   - level: The level of the kernels.
    ///   - threads: The threads of a run.
    ///   - images: The images that pass together, if no other step allows fewer.
    ///   - passes: The passes of a run, likewise.
    package init(
        _ convolution: FusedConvolution,
        tile: Int,
        pools: Bool,
        level: ProcessorLevel,
        threads: Int,
        images: Int,
        passes: Int
    ) {
        let window = convolution.window
        let tiles = Self.tiles(
            kernel: (window.kernelHeight, window.kernelWidth),
            stride: (window.strideHeight, window.strideWidth)
        )
        precondition(tiles.contains(tile), "a window of 3x3, stride 1 or 2, and a tile for it")
        precondition(
            !pools || (tile % 2 == 0 && !convolution.hasResidual),
            "a residual sum or an odd tile cannot be pooled"
        )
        self.window = window
        self.pools = pools
        hasResidual = convolution.hasResidual
        self.level = level
        finish = convolution.finish
        let scheme = WinogradScheme(tile: tile, stride: window.strideHeight)
        schedule = WinogradSchedule(scheme, window, outputs: convolution.outputs, threads: threads)
        filters = WinogradFilters(
            convolution.weights,
            inputs: window.channels,
            outputs: convolution.outputs,
            scheme: scheme,
            areTransformed: schedule.keepsTransforms(images: images, passes: passes),
            level: level
        )
    }

    package var algorithm: String { "winograd\(scheme.tile)" }
    package var inputCount: Int { schedule.input.count }
    package var outputCount: Int { pools ? pooled.count : output.count }
    package var secondCount: Int { hasResidual ? outputCount : 0 }
    package var parameterCount: Int { filters.count + output.channels }
    package var preparesParameters: Bool { !filters.areTransformed }
    package var multiplyAdds: Int { output.channels * window.channels * 9 * window.outputPixels }

    private var scheme: WinogradScheme { schedule.scheme }
    private var output: BlockedShape { schedule.output }
    private var pooled: BlockedShape {
        BlockedShape(channels: output.channels, height: output.height / 2, width: output.width / 2)
    }

    package func sharedScratch(images: Int) -> Int {
        guard schedule.isStaged(images: images) else { return 0 }
        return schedule.count(tiles: images * schedule.tilesPerImage, blocks: schedule.phaseBlocks)
    }

    package func privateScratch(images: Int) -> Int {
        if schedule.isStaged(images: images) {
            let panels = schedule.mostPanels(images: images)
            return filters.scratch + schedule.count(tiles: images * schedule.tilesPerImage, blocks: 2 * panels)
        }
        let tiles = schedule.mostTiles(images: images)
        return filters.scratch + schedule.count(tiles: tiles, blocks: schedule.phaseBlocks)
            + schedule.count(tiles: tiles, blocks: output.blocks)
    }

    package func units(images: Int) -> [Int] {
        schedule.isStaged(images: images)
            ? [schedule.phaseBlocks, schedule.panelParts(images: images)] : [schedule.groups(images: images)]
    }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        let all = 0..<images * schedule.tilesPerImage
        let own = unsafe memory.own + filters.scratch
        guard schedule.isStaged(images: images) else {
            let tiles = part(unit, of: schedule.groups(images: images), total: all.count)
            let products = unsafe own + schedule.count(tiles: tiles.count, blocks: schedule.phaseBlocks)
            unsafe transform(tiles, blocks: 0..<schedule.phaseBlocks, memory.input, into: own)
            unsafe multiply(tiles.count, panels: 0..<output.panels, own, into: products, scratch: memory.own)
            unsafe restore(tiles, panels: 0..<output.panels, products, memory)
            return
        }
        if phase == 0 {
            unsafe transform(all, blocks: unit..<unit + 1, memory.input, into: memory.shared)
        } else {
            let panels = part(unit, of: schedule.panelParts(images: images), total: output.panels)
            unsafe multiply(all.count, panels: panels, memory.shared, into: own, scratch: memory.own)
            unsafe restore(all, panels: panels, own, memory)
        }
    }

    private func shape(tiles: Int, blocks: Int) -> rec_winograd {
        rec_winograd(
            m: scheme.tile,
            stride: scheme.stride,
            height: window.height,
            width: window.width,
            pad_top: window.padTop,
            pad_left: window.padLeft,
            output_height: window.outputHeight,
            output_width: window.outputWidth,
            input_pitch: inputCount,
            output_pitch: outputCount,
            position_pitch: schedule.positionPitch(tiles: tiles, blocks: blocks),
            block_pitch: tiles * BlockedShape.lanes
        )
    }

    @unsafe
    private func transform(
        _ tiles: Range<Int>,
        blocks: Range<Int>,
        _ source: UnsafePointer<Float>,
        into transforms: UnsafeMutablePointer<Float>
    ) {
        var shape = shape(tiles: tiles.count, blocks: schedule.phaseBlocks)
        let input = schedule.input
        for phase in 0..<scheme.phases {
            let own = phase * input.blocks..<(phase + 1) * input.blocks
            let part = own.clamped(to: blocks)
            guard !part.isEmpty else { continue }
            unsafe level.kernels.pointee.network.winograd_input(
                &shape,
                source + (part.lowerBound - own.lowerBound) * input.blockCount,
                tiles.lowerBound,
                tiles.count,
                part.count,
                phase,
                transforms + part.lowerBound * shape.block_pitch
            )
        }
    }

    /// Multiplies the transforms of tiles by the filters of some panels: position after position, so that the
    /// transforms of one stay in the first cache, or panel after panel where a panel's filters are transformed first.
    @unsafe
    private func multiply(
        _ tiles: Int,
        panels: Range<Int>,
        _ transforms: UnsafePointer<Float>,
        into products: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        let blocks = min(2 * panels.upperBound, output.blocks) - 2 * panels.lowerBound
        unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: schedule.phaseBlocks) { offsets in
            var product = unsafe WinogradProduct(
                tiles: tiles,
                blocks: blocks,
                schedule,
                transforms,
                products,
                offsets: offsets,
                level
            )
            if filters.areTransformed {
                for position in 0..<scheme.positions {
                    let weights = unsafe filters.transformed(position: position, panel: panels.lowerBound)
                    unsafe product.run(position: position, blocks: 0..<blocks, weights)
                }
                return
            }
            for panel in panels {
                let first = 2 * (panel - panels.lowerBound)
                for row in 0..<scheme.points {
                    for columns in filters.columns {
                        unsafe filters.transform(panel: panel, row: row, columns: columns, into: scratch)
                        for (index, column) in columns.enumerated() {
                            unsafe product.run(
                                position: row * scheme.points + column,
                                blocks: first..<min(first + 2, blocks),
                                filters.transformed(column: index, in: scratch)
                            )
                        }
                    }
                }
            }
        }
    }

    @unsafe
    private func restore(
        _ tiles: Range<Int>,
        panels: Range<Int>,
        _ products: UnsafePointer<Float>,
        _ memory: KernelMemory
    ) {
        let block = 2 * panels.lowerBound
        let blocks = min(2 * panels.upperBound, output.blocks) - block
        var shape = shape(tiles: tiles.count, blocks: blocks)
        let place = block * (pools ? pooled : output).blockCount
        var finish = unsafe finish.raw(block: block, residual: memory.second.map { unsafe $0 + place })
        unsafe level.kernels.pointee.network.winograd_output(
            &shape,
            products,
            tiles.lowerBound,
            tiles.count,
            blocks,
            &finish,
            pools ? 1 : 0,
            memory.output + place
        )
    }
}
