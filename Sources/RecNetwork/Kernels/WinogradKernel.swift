internal import CRecKernels
package import RecCompute

/// A 3x3 convolution of stride 1 or 2 by Winograd's minimal filtering; Lavin and Gray 2015, arXiv:1509.09308.
///
/// With stride 1 it is F(m x m, 3 x 3) in m + 2 points along each axis. With stride 2 the input falls into four phases,
/// by the parity of rows and columns, of a convolution of stride 1 whose windows have 2x2, 2x1, 1x2 and 1x1 taps. They
/// are transformed in the points of F(7, 2) and summed before the way back, so that 49 outputs take 225 multiplications
/// instead of 441. Maps of 224, 112, 56, 28, 14 and 7 are whole numbers of tiles of 7.
///
/// There are two schedules. As a rule, a unit computes transform, products and inverse transform for a group of tiles,
/// within the second cache; the filters are read again for each group. That is too slow when no cache holds the
/// filters. When they are large and the transforms of all tiles fit the last cache, all tiles are transformed first,
/// and a unit multiplies them all by the filters of some of the outputs, so that each filter is read once.
@safe
package struct WinogradKernel: BlockedKernel {
    private let window: WindowGeometry
    private let outputs: Int
    /// Rows and columns that a tile of the output has: 2, 4, 6 or 7.
    private let tile: Int
    private let pools: Bool
    private let hasResidual: Bool
    private let weights: PackedFloats
    private let finish: KernelFinish
    private let level: ProcessorLevel
    private let threads: Int
    /// Points along each axis.
    private let points: Int
    /// The phases of the input that take part in each position.
    private let phasesOfPosition: [[Int]]

    /// The tiles that can compute a convolution with a window of that size and stride: none for most.
    package static func tiles(kernel: (height: Int, width: Int), stride: (height: Int, width: Int)) -> [Int] {
        guard kernel == (3, 3), stride.height == stride.width else { return [] }
        return stride.height == 1 ? [2, 4, 6, 7] : stride.height == 2 ? [7] : []
    }

    /// Transforms the weights (OIHW) of a convolution; with `pools`, the maximum of each 2x2 pixels is taken at the
    /// end.
    package init(_ convolution: FusedConvolution, tile: Int, pools: Bool, level: ProcessorLevel, threads: Int) {
        let window = convolution.window
        let outputs = convolution.outputs
        let tiles = Self.tiles(
            kernel: (window.kernelHeight, window.kernelWidth),
            stride: (window.strideHeight, window.strideWidth)
        )
        precondition(tiles.contains(tile), "a window of 3x3, stride 1 or 2, and a tile for it")
        precondition(convolution.weights.count == outputs * window.channels * 9, "weights size")
        precondition(
            !pools || (tile % 2 == 0 && !convolution.hasResidual),
            "a residual sum or an odd tile cannot be pooled"
        )
        self.window = window
        self.outputs = outputs
        self.tile = tile
        self.pools = pools
        hasResidual = convolution.hasResidual
        self.level = level
        self.threads = threads
        finish = convolution.finish
        points = tile + (window.strideHeight == 1 ? 2 : 1)
        let stride = window.strideHeight
        phasesOfPosition = (0..<points * points).map { position in
            (0..<stride * stride).filter { rec_winograd_uses(stride, $0, position) != 0 }
        }
        let depth = BlockedShape(channels: window.channels, height: 1, width: 1).count
        let planes = BlockedShape(channels: outputs, height: 1, width: 1).count
        let filters = phasesOfPosition.reduce(0) { $0 + $1.count }
        weights = unsafe PackedFloats(count: filters * depth * planes) { target in
            unsafe rec_winograd_weights_f32(tile, stride, convolution.weights, outputs, window.channels, target)
        }
    }

    package var algorithm: String { "winograd\(tile)" }
    package var inputCount: Int { input.count }
    package var outputCount: Int { pools ? pooled.count : output.count }
    package var secondCount: Int { hasResidual ? outputCount : 0 }
    package var parameterCount: Int { weights.count + outputs }
    package var multiplyAdds: Int { outputs * window.channels * 9 * window.outputPixels }

    private var input: BlockedShape {
        BlockedShape(channels: window.channels, height: window.height, width: window.width)
    }
    private var output: BlockedShape {
        BlockedShape(channels: outputs, height: window.outputHeight, width: window.outputWidth)
    }
    private var pooled: BlockedShape {
        BlockedShape(channels: outputs, height: window.outputHeight / 2, width: window.outputWidth / 2)
    }

    private var positions: Int { points * points }
    private var phases: Int { window.strideHeight * window.strideWidth }
    /// Blocks of all phases of the input.
    private var phaseBlocks: Int { phases * input.blocks }
    private var tilesPerImage: Int {
        ((window.outputHeight + tile - 1) / tile) * ((window.outputWidth + tile - 1) / tile)
    }

    /// Floats that transforms and products of a group may take.
    private static let cacheFloats = 128 << 10
    /// Keeps the positions of a tile out of each other's cache sets.
    private static let skew = 16

    /// Tiles of a group: so many that they fit in the second cache, but enough that filters which do not fit there are
    /// worth fetching again for each group.
    private var groupTiles: Int {
        let floats = positions * (phaseBlocks + output.blocks) * BlockedShape.lanes
        return max(Self.cacheFloats / floats / 6 * 6, weights.count > Self.largeFilters ? 18 : 12)
    }

    private func groups(images: Int) -> Int {
        let tiles = images * tilesPerImage
        let groups = (tiles + groupTiles - 1) / groupTiles
        return min((groups + threads - 1) / threads * threads, tiles)
    }

    /// Floats of filters beyond which they are not expected to stay in a cache, and beyond which they are read but
    /// once.
    private static let largeFilters = 2 << 20
    private static let hugeFilters = 8 << 20
    /// Floats of transforms that still stay in the last cache.
    private static let largeTransforms = 1 << 20

    /// Whether all tiles go through one output panel after the other.
    private func isStaged(images: Int) -> Bool {
        let transforms = positions * phaseBlocks * BlockedShape.lanes * images * tilesPerImage
        return weights.count > Self.hugeFilters
            || (weights.count > Self.largeFilters && transforms <= Self.largeTransforms)
    }

    private var panels: Int { output.panels }

    /// The parts that the outputs are divided into, when staged.
    private func panelParts(images: Int) -> Int {
        let floats = positions * images * tilesPerImage * BlockedShape.panel
        let parts = max((panels * floats + Self.cacheFloats - 1) / Self.cacheFloats, threads > 1 ? 4 * threads : 1)
        return min(parts, panels)
    }

    private func positionPitch(tiles: Int, blocks: Int) -> Int { blocks * tiles * BlockedShape.lanes + Self.skew }

    package func sharedScratch(images: Int) -> Int {
        isStaged(images: images) ? positions * positionPitch(tiles: images * tilesPerImage, blocks: phaseBlocks) : 0
    }

    package func privateScratch(images: Int) -> Int {
        if isStaged(images: images) {
            let most = (panels + panelParts(images: images) - 1) / panelParts(images: images)
            return positions * positionPitch(tiles: images * tilesPerImage, blocks: 2 * most)
        }
        let groups = groups(images: images)
        let tiles = (images * tilesPerImage + groups - 1) / groups
        return positions
            * (positionPitch(tiles: tiles, blocks: phaseBlocks) + positionPitch(tiles: tiles, blocks: output.blocks))
    }

    package func units(images: Int) -> [Int] {
        isStaged(images: images) ? [phaseBlocks, panelParts(images: images)] : [groups(images: images)]
    }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        let all = 0..<images * tilesPerImage
        guard isStaged(images: images) else {
            let tiles = part(unit, of: groups(images: images), total: all.count)
            let products = unsafe memory.own + positions * positionPitch(tiles: tiles.count, blocks: phaseBlocks)
            unsafe transform(tiles, blocks: 0..<phaseBlocks, memory.input, into: memory.own)
            unsafe multiply(tiles.count, panels: 0..<panels, memory.own, into: products)
            unsafe restore(tiles, panels: 0..<panels, products, memory)
            return
        }
        if phase == 0 {
            unsafe transform(all, blocks: unit..<unit + 1, memory.input, into: memory.shared)
        } else {
            let panels = part(unit, of: panelParts(images: images), total: panels)
            unsafe multiply(all.count, panels: panels, memory.shared, into: memory.own)
            unsafe restore(all, panels: panels, memory.own, memory)
        }
    }

    private func shape(position pitch: Int, tiles: Int) -> rec_winograd {
        rec_winograd(
            m: tile,
            stride: window.strideHeight,
            height: window.height,
            width: window.width,
            pad_top: window.padTop,
            pad_left: window.padLeft,
            output_height: window.outputHeight,
            output_width: window.outputWidth,
            input_pitch: inputCount,
            output_pitch: outputCount,
            position_pitch: pitch,
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
        var shape = shape(position: positionPitch(tiles: tiles.count, blocks: phaseBlocks), tiles: tiles.count)
        for phase in 0..<phases {
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

    @unsafe
    private func multiply(
        _ tiles: Int,
        panels: Range<Int>,
        _ transforms: UnsafePointer<Float>,
        into products: UnsafeMutablePointer<Float>
    ) {
        let blocks = min(2 * panels.upperBound, output.blocks) - 2 * panels.lowerBound
        let pitch = tiles * BlockedShape.lanes
        unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: phaseBlocks) { offsets in
            var product = unsafe rec_product(
                input: transforms,
                offsets: UnsafePointer(offsets.baseAddress),
                offset_count: 0,
                run: BlockedShape.lanes,
                pixel_pitch: BlockedShape.lanes,
                row_pitch: 0,
                rows: 1,
                pixels: tiles,
                weights: weights.base,
                blocks: blocks,
                output: products,
                output_block_pitch: pitch,
                output_row_pitch: 0,
                output_pixel_pitch: BlockedShape.lanes,
                finish: KernelFinish(activation: nil).raw(residual: nil)
            )
            let inputPitch = positionPitch(tiles: tiles, blocks: phaseBlocks)
            let outputPitch = positionPitch(tiles: tiles, blocks: blocks)
            var filter = unsafe weights.base
            var last: [Int] = []
            for phases in phasesOfPosition {
                if phases != last {
                    last = phases
                    unsafe product.offset_count = phases.count * input.blocks
                    for (index, phase) in phases.enumerated() {
                        for block in 0..<input.blocks {
                            unsafe offsets[index * input.blocks + block] = (phase * input.blocks + block) * pitch
                        }
                    }
                }
                let depth = phases.count * input.blocks * BlockedShape.lanes
                unsafe product.weights = filter + panels.lowerBound * BlockedShape.panel * depth
                unsafe level.kernels.pointee.network.product(&product)
                unsafe filter += depth * output.blocks * BlockedShape.lanes
                unsafe product.input += inputPitch
                unsafe product.output += outputPitch
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
        var shape = shape(position: positionPitch(tiles: tiles.count, blocks: blocks), tiles: tiles.count)
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
