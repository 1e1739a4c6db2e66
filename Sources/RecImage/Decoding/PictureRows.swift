internal import RecCore

/// Receives the rows of a picture from its decoder.
///
/// Pixels are 8-bit red, green and blue, interleaved, perhaps with alpha, which is laid on the background. Rows are resized
/// as they arrive, so only a few of them are in memory.
public struct PictureRows: ~Copyable {
    private let plan: CropPlan
    private var resampler: RowResampler

    /// The number of rows of ``CropPlan/rows`` received so far.
    private(set) var count = 0

    /// Whether the decoder found damage.
    private(set) var isDamaged = false

    private let background: RGBColor
    /// One row on the background; empty until a row with alpha comes.
    private var opaque: [UInt8] = []

    init(for plan: CropPlan, background: RGBColor) {
        self.plan = plan
        self.background = background
        resampler = plan.filter.resampler
    }

    /// Appends the next rows of the plan.
    ///
    /// - Parameters:
    ///   - pixels: The buffer that holds the rows.
    ///   - offset: The byte of `pixels` at which the first of ``CropPlan/columns`` starts in the first of the rows.
    ///   - stride: The bytes from one row to the next.
    ///   - count: The number of rows.
    ///   - hasAlpha: Whether a pixel has a fourth byte: its alpha, which the colours are not multiplied by.
    /// - Throws: `RecError` with code `decoderFault` when there are more rows than in the plan, or they extend beyond
    ///   `pixels`.
    public mutating func append(
        _ pixels: Span<UInt8>,
        offset: Int,
        stride: Int,
        count: Int,
        hasAlpha: Bool = false
    ) throws {
        guard count > 0 else { return }
        guard count <= plan.rows.count - self.count else {
            throw RecError(
                .decoderFault,
                "the decoder gave more rows than the \(plan.rows.count) that were asked for"
            )
        }
        let width = (hasAlpha ? 4 : 3) * plan.columns.count
        let (last, overflow) = stride.multipliedReportingOverflow(by: count - 1)
        guard offset >= 0, stride >= 0, !overflow, width <= pixels.count, offset <= pixels.count - width,
            last <= pixels.count - width - offset
        else {
            throw RecError(
                .decoderFault,
                "the decoder gave \(pixels.count) bytes for \(count) rows of \(plan.columns.count) pixels"
            )
        }
        if hasAlpha {
            for row in 0..<count { lay(pixels, offset: offset + row * stride) }
        } else {
            resampler.append(pixels, offset: offset, stride: stride, count: count)
        }
        self.count += count
    }

    /// Lays a row on the background.
    private mutating func lay(_ pixels: Span<UInt8>, offset: Int) {
        let columns = plan.columns.count
        if opaque.isEmpty { opaque = [UInt8](repeating: 0, count: 3 * columns + RowResampler.slack) }
        PixelKernels.composite(pixels.extracting(offset..<offset + 4 * columns), over: background, into: &opaque)
        // Of its own, since a span of the stored row would keep all of the receiver; it shares the bytes.
        let row = opaque
        resampler.append(row.span, offset: 0, stride: 0, count: 1)
    }

    /// Marks the picture as damaged; its intact rows are used.
    public mutating func markDamaged() {
        isDamaged = true
    }

    /// The planned picture; missing rows are black.
    consuming func finish() -> RGBImage {
        let plan = plan
        return plan.finish(resampler.finish())
    }
}
