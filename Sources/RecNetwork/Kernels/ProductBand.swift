internal import CRecKernels

/// Panels of output channels that read the same input channels: all of them in a convolution of one group, otherwise
/// those of one or a few groups.
struct ProductBand: Sendable {
    /// The panels.
    let panels: Range<Int>
    /// The input offsets that they read, as a part of the offsets of the whole input.
    let offsets: Range<Int>
    /// Blocks of output channels, times offsets, of all earlier bands.
    private let before: Int
    /// Blocks of output channels.
    let blocks: Int

    /// The bands of a convolution whose input has `groups` channels or blocks.
    static func bands(of convolution: FusedConvolution, groups: Int) -> [ProductBand] {
        let kernel = convolution.window.kernelCount
        let output = BlockedShape(channels: convolution.outputs, height: 1, width: 1)
        var bands: [ProductBand] = []
        func append(_ panels: Range<Int>, _ groups: Range<Int>) {
            let blocks = min(2 * panels.upperBound, output.blocks) - 2 * panels.lowerBound
            let before = bands.last.map { $0.before + $0.blocks * $0.offsets.count } ?? 0
            let offsets = groups.lowerBound * kernel..<groups.upperBound * kernel
            bands.append(ProductBand(panels: panels, offsets: offsets, before: before, blocks: blocks))
        }
        guard convolution.groups > 1 else {
            append(0..<output.panels, 0..<groups)
            return bands
        }
        let inputs = convolution.window.channels / convolution.groups
        let outputs = convolution.outputs / convolution.groups
        func sources(_ panel: Int) -> Range<Int> {
            let last = min((panel + 1) * BlockedShape.panel, convolution.outputs) - 1
            let first = panel * BlockedShape.panel / outputs * inputs
            let end = (last / outputs + 1) * inputs
            return first / BlockedShape.lanes..<(end + BlockedShape.lanes - 1) / BlockedShape.lanes
        }
        var start = 0
        for panel in 1...output.panels where panel == output.panels || sources(panel) != sources(start) {
            append(start..<panel, sources(start))
            start = panel
        }
        return bands
    }

    /// Floats of the packed weights of all bands, each offset for `element` channels.
    static func weightCount(_ bands: [ProductBand], element: Int) -> Int {
        bands.reduce(0) { $0 + $1.blocks * $1.offsets.count } * BlockedShape.lanes * element
    }

    /// The start of the band's packed weights.
    func start(element: Int) -> Int { before * BlockedShape.lanes * element }

    /// Packs the weights of the band, in panels of `width` channels.
    @unsafe
    func pack(
        _ convolution: FusedConvolution,
        element: Int,
        width: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        let kernel = convolution.window.kernelCount
        let inputs = convolution.window.channels / convolution.groups
        let outputs = convolution.outputs / convolution.groups
        let first = panels.lowerBound * BlockedShape.panel
        let rows = first..<min(panels.upperBound * BlockedShape.panel, convolution.outputs)
        // The channel and the place in the window of each row of a panel.
        let taps = offsets.flatMap { offset in
            (0..<element).map { (channel: offset / kernel * element + $0, place: offset % kernel) }
        }
        let target = unsafe target + start(element: element)
        if convolution.groups == 1 {
            let order = taps.map { $0.channel < inputs ? $0.channel * kernel + $0.place : -1 }
            unsafe rec_pack_panels_f32(
                convolution.weights,
                rows.count,
                convolution.hasInputsFirst ? 1 : inputs * kernel,
                convolution.hasInputsFirst ? outputs : 1,
                order,
                order.count,
                width,
                target
            )
            return
        }
        // Outputs of different groups meet different channels: zeros stand for those of others.
        var matrix = [Float](repeating: 0, count: rows.count * taps.count)
        for output in rows {
            let channels = output / outputs * inputs..<(output / outputs + 1) * inputs
            for (index, tap) in taps.enumerated() where channels.contains(tap.channel) {
                let place = (output * inputs + tap.channel - channels.lowerBound) * kernel + tap.place
                matrix[(output - first) * taps.count + index] = convolution.weights[place]
            }
        }
        unsafe rec_pack_panels_f32(matrix, rows.count, taps.count, 1, Array(taps.indices), taps.count, width, target)
    }
}
