/// Resizes pictures of one size to another, or computes only a part of the result, byte for byte like Pillow.
///
/// Two passes, each to 8 bits, with integer weights of 22 fraction bits; a pass that does not change the size is left
/// out. Rows or columns that the part does not need are never computed, so that memory is bounded by the source and the
/// part, not by the whole result.
struct Resizer {
    /// The size of the source pictures.
    let source: ImageSize
    /// The part of them that is stretched to ``target``.
    let region: SourceRegion
    /// The size of the result.
    let target: ImageSize
    /// The filter.
    let filter: Resampling

    /// Creates a resizer; without a region it takes the whole picture.
    ///
    /// - Precondition: The target has pixels.
    init(source: ImageSize, region: SourceRegion? = nil, target: ImageSize, filter: Resampling) {
        precondition(target.width > 0 && target.height > 0, "a picture has at least one pixel")
        self.source = source
        self.region = region ?? SourceRegion(of: source)
        self.target = target
        self.filter = filter
    }

    /// The whole result.
    func resize(_ image: RGBImage) -> RGBImage {
        resize(image, only: PixelRectangle(of: target))
    }

    /// A part of the result, equal to that part of the whole.
    ///
    /// - Precondition: The picture has the source's size; the part is inside the target and not empty.
    func resize(_ image: RGBImage, only part: PixelRectangle) -> RGBImage {
        precondition(image.size == source, "the picture has another size")
        precondition(
            part.columns.upperBound <= target.width && part.rows.upperBound <= target.height
                && part.columns.lowerBound >= 0 && part.rows.lowerBound >= 0 && !part.columns.isEmpty
                && !part.rows.isEmpty,
            "the part is outside"
        )
        if region == SourceRegion(of: source), target == source, part == PixelRectangle(of: target) { return image }
        var resampler = filter(for: part).resampler
        resampler.append(
            image.pixels.span,
            offset: 3 * (resampler.rows.lowerBound * image.width + resampler.columns.lowerBound),
            stride: 3 * image.width,
            count: resampler.rows.count
        )
        return RGBImage(width: part.columns.count, height: part.rows.count, pixels: resampler.finish())
    }

    /// The filter that computes a part of the result from the rows of the stored picture.
    ///
    /// A picture that is stored turned or mirrored gives the bytes of the upright one: along a mirrored axis the same
    /// weights multiply the same pixels in reverse order, which does not change an integer sum, and if the sides are
    /// swapped, so are the passes.
    ///
    /// - Parameters:
    ///   - part: The part of the result, inside the target and not empty.
    ///   - orientation: The orientation of the stored picture.
    /// - Returns: A filter whose result has the orientation of the stored picture.
    func filter(for part: PixelRectangle, storedAs orientation: Orientation = .upright) -> SeparableFilter {
        let across = axis(
            region.horizontal,
            side: source.width,
            count: target.width,
            part: part.columns,
            isMirrored: orientation.reversesColumns
        )
        let down = axis(
            region.vertical,
            side: source.height,
            count: target.height,
            part: part.rows,
            isMirrored: orientation.reversesRows
        )
        let isVerticalFirst = filtersVerticallyFirst && !across.isCopy && !down.isCopy
        return orientation.swapsSides
            ? SeparableFilter(across: down, down: across, order: isVerticalFirst ? .horizontalFirst : .verticalFirst)
            : SeparableFilter(across: across, down: down, order: isVerticalFirst ? .verticalFirst : .horizontalFirst)
    }

    /// Whether Pillow's first pass is the vertical one.
    ///
    /// Since version 13 it is vertical if the height shrinks by more than twice as many pixels as the width.
    private var filtersVerticallyFirst: Bool {
        let lostRows = source.height - target.height
        let lostColumns = source.width - target.width
        return lostRows > 0 && lostRows > 2 * lostColumns
    }

    /// One axis of the stored picture.
    private func axis(
        _ interval: SourceRegion.Interval,
        side: Int,
        count: Int,
        part: Range<Int>,
        isMirrored: Bool
    ) -> ResamplingAxis {
        if filter != .nearest && count == side && interval.start == 0 && interval.length == Double(side) {
            return ResamplingAxis(copying: isMirrored ? side - part.upperBound..<side - part.lowerBound : part)
        }
        let taps =
            filter == .nearest
            ? nearest(interval, side: side, count: count, part: part)
            : filtered(interval, side: side, count: count, part: part)
        guard isMirrored else { return ResamplingAxis(taps: taps) }
        return ResamplingAxis(
            taps: taps.reversed().map { (first: side - $0.first - $0.weights.count, weights: $0.weights.reversed()) }
        )
    }

    /// The taps of one axis, with Pillow's rounding.
    private func filtered(
        _ interval: SourceRegion.Interval,
        side: Int,
        count: Int,
        part: Range<Int>
    ) -> [ResamplingAxis.Taps] {
        let scale = interval.length / Double(count)
        let widening = max(scale, 1)
        let support = filter.support * widening
        let narrowing = 1 / widening
        let one = Double(1 << ResamplingAxis.fractionBits)
        return part.map { index in
            let center = interval.start + (Double(index) + 0.5) * scale
            let first = max(Int(center - support + 0.5), 0)
            let end = min(Int(center + support + 0.5), side)
            let weights = (first..<max(first, end)).map { input in
                filter.weight(at: (Double(input) - center + 0.5) * narrowing)
            }
            let sum = weights.reduce(0, +)
            return (
                first: first,
                weights: weights.map { weight in
                    let part = sum == 0 ? weight : weight / sum
                    return Int32(part < 0 ? -0.5 + part * one : 0.5 + part * one)
                }
            )
        }
    }

    /// The pixel of each output pixel of one axis, if there is one.
    ///
    /// Positions are added up, not multiplied: rounding errors decide ties.
    private func nearest(
        _ interval: SourceRegion.Interval,
        side: Int,
        count: Int,
        part: Range<Int>
    ) -> [ResamplingAxis.Taps] {
        let scale = interval.length / Double(count)
        var position = interval.start + scale * 0.5
        var taps: [ResamplingAxis.Taps] = []
        taps.reserveCapacity(part.count)
        for index in 0..<part.upperBound {
            if index >= part.lowerBound {
                let isInside = position >= 0 && position < Double(side)
                taps.append(
                    (first: isInside ? Int(position) : 0, weights: isInside ? [1 << ResamplingAxis.fractionBits] : [])
                )
            }
            position += scale
        }
        return taps
    }
}
