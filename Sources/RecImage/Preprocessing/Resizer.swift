import RecPlatform

/// Resizes pictures of one size to another, or computes just a part of the result, byte for byte as Pillow.
///
/// Two passes, each to 8 bits, with integer weights of 22 fraction bits; a pass whose axis keeps its size is left out.
/// Rows or columns that the part does not need are never computed, so that memory is bounded by the source and the
/// part, not by the whole result.
struct Resizer {
    /// The size of the pictures that come in.
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
        let pixels: [UInt8]
        if filter == .nearest {
            pixels = PixelKernels.gather(
                image.pixels.span,
                width: source.width,
                columns: nearest(region.horizontal, side: source.width, count: target.width, part: part.columns),
                rows: nearest(region.vertical, side: source.height, count: target.height, part: part.rows)
            )
        } else {
            let across = axis(region.horizontal, side: source.width, count: target.width, part: part.columns)
            let down = axis(region.vertical, side: source.height, count: target.height, part: part.rows)
            pixels = resample(image, across: across, down: down, part: part)
        }
        return RGBImage(width: part.columns.count, height: part.rows.count, pixels: pixels)
    }

    /// Runs the passes that are needed in Pillow's order.
    ///
    /// Since version 13 it filters vertically first when the height shrinks by more than twice as many pixels as the
    /// width does. The order shows in the last bit, because there are 8 bits between the passes.
    private func resample(
        _ image: RGBImage,
        across: ResamplingAxis?,
        down: ResamplingAxis?,
        part: PixelRectangle
    ) -> [UInt8] {
        let lostRows = source.height - target.height
        let lostColumns = source.width - target.width
        if lostRows > 0 && lostRows > 2 * lostColumns {
            let columns = across?.inputs ?? part.columns
            var strip = vertical(image.pixels, width: source.width, columns: columns, rows: part.rows, by: down)
            if let across {
                strip = PixelKernels.resampleHorizontally(
                    strip.span,
                    width: columns.count,
                    rows: 0..<part.rows.count,
                    by: across.rebased()
                )
            }
            return strip
        }
        let rows = down?.inputs ?? part.rows
        guard let across else {
            return vertical(image.pixels, width: source.width, columns: part.columns, rows: rows, by: down)
        }
        let strip = PixelKernels.resampleHorizontally(
            image.pixels.span,
            width: source.width,
            rows: rows,
            by: across
        )
        guard let down else { return strip }
        return PixelKernels.resampleVertically(
            strip.span,
            width: part.columns.count,
            columns: 0..<part.columns.count,
            by: down.rebased()
        )
    }

    /// The vertical pass, or the rows as they are without one.
    private func vertical(
        _ pixels: [UInt8],
        width: Int,
        columns: Range<Int>,
        rows: Range<Int>,
        by axis: ResamplingAxis?
    ) -> [UInt8] {
        guard let axis else {
            return PixelKernels.remap(
                pixels.span,
                origin: rows.lowerBound * width + columns.lowerBound,
                xStep: 1,
                yStep: width,
                columns: columns.count,
                rows: rows.count
            )
        }
        return PixelKernels.resampleVertically(pixels.span, width: width, columns: columns, by: axis)
    }

    /// The weights of one axis; `nil` when the axis stays as it is.
    private func axis(
        _ interval: SourceRegion.Interval,
        side: Int,
        count: Int,
        part: Range<Int>
    ) -> ResamplingAxis? {
        if count == side && interval.start == 0 && interval.length == Double(side) { return nil }
        let scale = interval.length / Double(count)
        let widening = max(scale, 1)
        let support = filter.support * widening
        let narrowing = 1 / widening
        let one = Double(1 << ResamplingAxis.fractionBits)
        return ResamplingAxis(
            taps: part.map { index in
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
        )
    }

    /// The source index of each output pixel of one axis, negative when there is none.
    ///
    /// Positions are added up, not multiplied: rounding errors decide ties.
    private func nearest(_ interval: SourceRegion.Interval, side: Int, count: Int, part: Range<Int>) -> [Int32] {
        let scale = interval.length / Double(count)
        var position = interval.start + scale * 0.5
        var indices: [Int32] = []
        indices.reserveCapacity(part.count)
        for index in 0..<part.upperBound {
            if index >= part.lowerBound {
                indices.append(position >= 0 && position < Double(side) ? Int32(position) : -1)
            }
            position += scale
        }
        return indices
    }
}
