internal import CRecKernels
internal import RecCompute

/// How a convolution reads maps with the channels last, and how its work is divided.
struct ChannelsLastGeometry: Sendable {
    /// Output pixels that lie one after the other.
    private enum Lines {
        /// Those of all rows.
        case flat
        /// Those of each row.
        case rows
        /// The only pixel of each image.
        case images
    }

    /// The planes of one part of the work, and its lines: rows, pixels of flat maps, or images.
    struct Task {
        let image: Int
        let lines: Range<Int>
        let planes: Range<Int>
    }

    let window: WindowGeometry
    /// Channels of a pixel in memory.
    let pitch: Int
    /// Planes of the output in memory.
    let planes: Int
    /// The offsets of the pixels under the window from its first one, in bytes.
    let offsets: [Int]
    /// The size of the map with padding; that of the input when it needs none.
    let paddedHeight: Int
    let paddedWidth: Int
    /// Bytes of a number.
    let number: Int

    private let lines: Lines
    /// Whether one line may go from an image to the next.
    private let joinsImages: Bool

    /// Channels or planes in memory for some channels.
    static func pitch(_ channels: Int) -> Int {
        let unit = Int(REC_NARROW_PLANES)
        return (channels + unit - 1) / unit * unit
    }

    init(_ window: WindowGeometry, outputs: Int, number: Int, joinsImages: Bool) {
        self.window = window
        self.number = number
        let pitch = Self.pitch(window.channels)
        self.pitch = pitch
        planes = Self.pitch(outputs)
        let lastRow = (window.outputHeight - 1) * window.strideHeight + window.kernelHeight
        let lastColumn = (window.outputWidth - 1) * window.strideWidth + window.kernelWidth
        let height = max(lastRow, window.height + window.padTop)
        let width = max(lastColumn, window.width + window.padLeft)
        paddedHeight = height
        paddedWidth = width
        offsets = (0..<window.kernelHeight).flatMap { y in
            (0..<window.kernelWidth).map { x in (y * width + x) * pitch * number }
        }
        let isPointwise = window.kernelCount == 1 && window.strideHeight == 1 && window.strideWidth == 1
        lines = window.outputPixels == 1 ? .images : isPointwise ? .flat : .rows
        self.joinsImages = joinsImages
    }

    var isPadded: Bool { paddedHeight != window.height || paddedWidth != window.width }
    /// Bytes of one image, with padding.
    var imageBytes: Int { paddedHeight * paddedWidth * pitch * number }
    /// Bytes of the numbers of a pixel under the whole window.
    var depthBytes: Int { offsets.count * pitch * number }

    private var spansImages: Bool { lines == .images || lines == .flat && joinsImages }

    /// Lines of all images that they span, or of one.
    private func lineCount(images: Int) -> Int {
        switch lines {
        case .images: images
        case .flat: window.outputPixels * (spansImages ? images : 1)
        case .rows: window.outputHeight
        }
    }

    /// Bytes of the source from a line to the next.
    private var linePitch: Int {
        switch lines {
        case .images: imageBytes
        case .flat: pitch * number
        case .rows: window.strideHeight * paddedWidth * pitch * number
        }
    }

    /// Bytes read by a task, so that they stay in the second cache.
    private static let cacheBytes = 128 << 10

    private func lineParts(images: Int) -> Int {
        let count = lineCount(images: images)
        let depth = lines == .rows ? linePitch : depthBytes
        return min(max(count * depth / Self.cacheBytes, 1), count)
    }

    /// Planes are divided among threads only when there are too few images and lines.
    private func planeParts(images: Int, threads: Int) -> Int {
        guard threads > 1 else { return 1 }
        let others = (spansImages ? 1 : images) * lineParts(images: images)
        return min(max(4 * threads / others, 1), (planes + Self.planeUnit - 1) / Self.planeUnit)
    }

    /// Planes that a task has a multiple of: those of the widest panel.
    private static let planeUnit = 32

    func tasks(images: Int, threads: Int) -> Int {
        (spansImages ? 1 : images) * lineParts(images: images) * planeParts(images: images, threads: threads)
    }

    func task(_ index: Int, images: Int, threads: Int) -> Task {
        let columns = planeParts(images: images, threads: threads)
        let parts = lineParts(images: images)
        let units = (planes + Self.planeUnit - 1) / Self.planeUnit
        let range = part(index % columns, of: columns, total: units)
        return Task(
            image: index / columns / parts,
            lines: part(index / columns % parts, of: parts, total: lineCount(images: images)),
            planes: range.lowerBound * Self.planeUnit..<min(range.upperBound * Self.planeUnit, planes)
        )
    }

    /// The operands of a task.
    @unsafe
    func operands(
        _ task: Task,
        source: UnsafeRawPointer,
        offsets: UnsafePointer<Int>?,
        weights: UnsafeRawPointer
    ) -> rec_narrow_operands {
        let isRow = lines != .rows
        return unsafe rec_narrow_operands(
            input: source + task.image * imageBytes + task.lines.lowerBound * linePitch,
            offsets: offsets,
            offset_count: self.offsets.count,
            run: pitch * number,
            pixel_pitch: isRow ? linePitch : window.strideWidth * pitch * number,
            row_pitch: linePitch,
            rows: isRow ? 1 : task.lines.count,
            pixels: isRow ? task.lines.count : window.outputWidth,
            weights: weights + task.planes.lowerBound * depthBytes,
            planes: task.planes.count
        )
    }

    /// Where a task writes: its first pixel, and the pitches between pixels and rows, for pixels of `element` numbers in
    /// images of `image` numbers.
    func place(_ task: Task, element: Int, image: Int) -> (start: Int, pixelPitch: Int, rowPitch: Int) {
        switch lines {
        case .images: (task.lines.lowerBound * image, image, 0)
        case .flat: (task.image * image + task.lines.lowerBound * element, element, 0)
        case .rows:
            (
                task.image * image + task.lines.lowerBound * window.outputWidth * element, element,
                window.outputWidth * element
            )
        }
    }

    /// Applies a function to the floats that a task wrote.
    @unsafe
    func apply(
        _ activation: Activation,
        to task: Task,
        _ shape: BlockedShape,
        _ output: UnsafeMutablePointer<Float>,
        level: ProcessorLevel
    ) {
        let lanes = BlockedShape.lanes
        var finish = unsafe KernelFinish(activation: activation).raw(residual: nil)
        let (pixels, images) =
            switch lines {
            case .images: (0..<1, task.lines)
            case .flat: (task.lines, task.image..<task.image + 1)
            case .rows:
                (
                    task.lines.lowerBound * window.outputWidth..<task.lines.upperBound * window.outputWidth,
                    task.image..<task.image + 1
                )
            }
        for image in images {
            for block in task.planes.lowerBound / lanes..<min(task.planes.upperBound / lanes, shape.blocks) {
                let values = unsafe output + image * shape.count + block * shape.blockCount + pixels.lowerBound * lanes
                unsafe level.kernels.pointee.network.affine(values, pixels.count, nil, &finish, values)
            }
        }
    }

    /// The place of each weight of a plane in OIHW, in the order of the products; `nil` for filled-up channels.
    func weightOrder() -> [Int?] {
        (0..<window.kernelCount).flatMap { place in
            (0..<pitch).map { $0 < window.channels ? $0 * window.kernelCount + place : nil }
        }
    }
}
