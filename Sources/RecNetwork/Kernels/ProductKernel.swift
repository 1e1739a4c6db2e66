internal import CRecKernels
package import RecCompute

/// A convolution as one matrix product over all channels and window positions, for any window and stride.
@safe
package struct ProductKernel: BlockedKernel {
    /// The source of the elements under the window.
    fileprivate enum Source {
        /// The map itself.
        case map
        /// A copy of the map with zeros around it.
        case padded(height: Int, width: Int)
        /// A rearranged copy in which the pixels of all output rows form one row. For strides over single pixels, and
        /// for rows with too few pixels to fill the tiles.
        case gathered
    }

    private let window: WindowGeometry
    private let outputs: Int
    /// The number of elements of the unpacked filters.
    private let filterCount: Int
    private let isPlanar: Bool
    private let hasResidual: Bool
    private let weights: PackedFloats
    private let finish: KernelFinish
    private let level: ProcessorLevel
    private let threads: Int
    private let source: Source
    /// The offsets of the elements under the window from its first one.
    private let offsets: [Int]
    private let bands: [ProductBand]
    /// Whether OpenBLAS computes the products, from weights that are one panel for each band.
    private let usesBLAS: Bool

    /// Packs the weights (OIHW) of a convolution.
    ///
    /// With `planarInput` the input is CHW instead of blocks, like the image, and there is one group.
    package init(_ convolution: FusedConvolution, planarInput: Bool, level: ProcessorLevel, threads: Int) {
        let window = convolution.window
        precondition(!planarInput || convolution.groups == 1, "planes of several groups")
        self.window = window
        outputs = convolution.outputs
        filterCount = convolution.weights.count
        isPlanar = planarInput
        hasResidual = convolution.hasResidual
        self.level = level
        self.threads = threads
        finish = convolution.finish
        let source = Source(window, isPlanar: planarInput)
        self.source = source

        let element = planarInput ? 1 : BlockedShape.lanes
        let groups = planarInput ? window.channels : window.blockedInput.blocks
        let (plane, row, column) = source.pitches(window, element: element)
        var offsets: [Int] = []
        // Rows and columns of the window are the inner loops, so that neighbouring weights multiply neighbouring
        // pixels.
        for group in 0..<groups {
            for y in 0..<window.kernelHeight {
                for x in 0..<window.kernelWidth { offsets.append(group * plane + y * row + x * column) }
            }
        }
        self.offsets = offsets
        let bands = ProductBand.bands(of: convolution, groups: groups)
        self.bands = bands
        let usesBLAS =
            level == .scalar
            && bands.allSatisfy {
                BLAS.isFaster(depth: $0.offsets.count * element, planes: $0.blocks * BlockedShape.lanes)
            }
        self.usesBLAS = usesBLAS
        weights = unsafe PackedFloats(uninitializedCount: ProductBand.weightCount(bands, element: element)) { target in
            for band in bands {
                let width = usesBLAS ? band.blocks * BlockedShape.lanes : BlockedShape.panel
                unsafe band.pack(convolution, element: element, width: width, into: target)
            }
        }
    }

    package var algorithm: String { "direct" }
    package var inputCount: Int { isPlanar ? window.inputCount : window.blockedInput.count }
    package var outputCount: Int { output.count }
    package var secondCount: Int { hasResidual ? outputCount : 0 }
    package var parameterCount: Int { weights.count + outputs }
    package var multiplyAdds: Int { filterCount * window.outputPixels }

    private var output: BlockedShape {
        BlockedShape(channels: outputs, height: window.outputHeight, width: window.outputWidth)
    }

    /// Channels or blocks of the input, and floats of one of their pixels.
    private var groups: Int { isPlanar ? window.channels : window.blockedInput.blocks }
    private var element: Int { isPlanar ? 1 : BlockedShape.lanes }

    /// Floats of a channel or block in the source.
    private var planePitch: Int { source.pitches(window, element: element).plane }

    package func sharedScratch(images: Int) -> Int {
        if case .map = source { return 0 }
        return images * groups * planePitch
    }

    /// Whether all output pixels are one row.
    private var isFlat: Bool {
        switch source {
        case .gathered: true
        case .map: window.kernelCount == 1 && window.strideHeight == 1 && window.strideWidth == 1
        case .padded: false
        }
    }

    /// Whether the images of a pass are the pixels of one product, so that each weight is read once: where maps are
    /// single pixels.
    private var spansImages: Bool {
        if case .map = source { window.kernelCount == 1 && window.outputPixels == 1 && !usesBLAS } else { false }
    }

    /// The floats read by a unit, so that they stay in the second cache.
    private static let cacheFloats = 64 << 10

    private var rowParts: Int {
        let rows = isFlat ? window.outputPixels : window.outputHeight
        // A long sum is made part by part.
        let depth =
            isFlat
            ? min(offsets.count * element, REC_LONGEST_SUM)
            : groups * element * window.width * window.strideHeight
        return min(max(rows * depth / Self.cacheFloats, 1), rows)
    }

    /// Panels that stay together: those of tiles of few pixels.
    private var panelGroup: Int { window.outputPixels == 1 ? 4 : 1 }
    private var panelGroups: Int { (output.panels + panelGroup - 1) / panelGroup }

    /// Panels are divided among threads only when there are too few images and rows.
    private func panelParts(images: Int) -> Int {
        guard threads > 1, !usesBLAS else { return 1 }
        return min(max(4 * threads / (images * rowParts), 1), panelGroups)
    }

    package func units(images: Int) -> [Int] {
        let images = spansImages ? 1 : images
        let products = images * rowParts * panelParts(images: images)
        if case .map = source { return [products] }
        return [images * groups, products]
    }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        var input = unsafe memory.input
        if case .map = source {
        } else {
            if phase == 0 {
                unsafe copy(unit, memory)
                return
            }
            unsafe input = UnsafePointer(memory.shared)
        }
        let columns = panelParts(images: spansImages ? 1 : images)
        let image = unit / columns / rowParts
        let total = isFlat ? window.outputPixels : window.outputHeight
        let rows = part(unit / columns % rowParts, of: rowParts, total: total)
        let groups = part(unit % columns, of: columns, total: panelGroups)
        let panels = groups.lowerBound * panelGroup..<min(groups.upperBound * panelGroup, output.panels)
        for band in bands where band.panels.overlaps(panels) {
            let panels = panels.clamped(to: band.panels)
            unsafe multiply(band, panels, rows, image: image, images: images, input, memory)
        }
    }

    /// Computes some rows of some panels of a band.
    @unsafe
    private func multiply(
        _ band: ProductBand,
        _ panels: Range<Int>,
        _ rows: Range<Int>,
        image: Int,
        images: Int,
        _ input: UnsafePointer<Float>,
        _ memory: KernelMemory
    ) {
        let lanes = BlockedShape.lanes
        let (_, row, _) = source.pitches(window, element: element)
        let rowPitch = isFlat ? element : row * window.strideHeight
        let outputRowPitch = isFlat ? lanes : window.outputWidth * lanes
        let place = image * outputCount + panels.lowerBound * 2 * output.blockCount + rows.lowerBound * outputRowPitch
        let panelWeights = BlockedShape.panel * band.offsets.count * element
        unsafe offsets.withUnsafeBufferPointer { offsets in
            var product = unsafe rec_product(
                input: input + image * groups * planePitch + rows.lowerBound * rowPitch,
                offsets: offsets.baseAddress.map { unsafe $0 + band.offsets.lowerBound },
                offset_count: band.offsets.count,
                run: element,
                pixel_pitch: spansImages ? inputCount : isFlat ? element : element * window.strideWidth,
                row_pitch: rowPitch,
                rows: isFlat ? 1 : rows.count,
                pixels: spansImages ? images : isFlat ? rows.count : window.outputWidth,
                weights: weights.base + band.start(element: element)
                    + (panels.lowerBound - band.panels.lowerBound) * panelWeights,
                blocks: min(panels.upperBound * 2, output.blocks) - panels.lowerBound * 2,
                output: memory.output + place,
                output_block_pitch: output.blockCount,
                output_row_pitch: outputRowPitch,
                output_pixel_pitch: spansImages ? outputCount : lanes,
                finish: finish.raw(block: panels.lowerBound * 2, residual: memory.second.map { unsafe $0 + place })
            )
            if usesBLAS {
                unsafe BLAS.multiply(product)
            } else {
                unsafe level.kernels.pointee.network.product(&product)
            }
        }
    }

    /// Copies one channel or block of one image to the source.
    @unsafe
    private func copy(_ unit: Int, _ memory: KernelMemory) {
        let from = unsafe memory.input + unit * window.height * window.width * element
        let to = unsafe memory.shared + unit * planePitch
        guard case .padded(let height, let width) = source else {
            var raw = window.raw
            unsafe rec_gather_f32(&raw, from, to)
            return
        }
        unsafe rec_pad_f32(from, window.height, window.width, element, window.padTop, window.padLeft, height, width, to)
    }
}

extension ProductKernel.Source {
    fileprivate init(_ window: WindowGeometry, isPlanar: Bool) {
        let isStrided = window.strideHeight > 1 || window.strideWidth > 1
        if !isPlanar && (window.kernelCount == 1 ? isStrided : window.outputWidth < 10) {
            self = .gathered
            return
        }
        let lastRow = (window.outputHeight - 1) * window.strideHeight + window.kernelHeight
        let lastColumn = (window.outputWidth - 1) * window.strideWidth + window.kernelWidth
        let height = max(lastRow, window.height + window.padTop)
        let width = max(lastColumn, window.width + window.padLeft)
        self = height == window.height && width == window.width ? .map : .padded(height: height, width: width)
    }

    /// Floats from a channel or block to the next, and from one row and column of the window to the next.
    fileprivate func pitches(_ window: WindowGeometry, element: Int) -> (plane: Int, row: Int, column: Int) {
        switch self {
        case .map: (window.height * window.width * element, window.width * element, element)
        case .padded(let height, let width): (height * width * element, width * element, element)
        case .gathered:
            (
                window.kernelCount * window.outputPixels * element, window.kernelWidth * window.outputPixels * element,
                window.outputPixels * element
            )
        }
    }
}
