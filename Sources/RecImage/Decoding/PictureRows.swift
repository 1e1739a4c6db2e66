internal import RecCore

/// Receives the rows of a picture from its decoder.
///
/// Pixels are 8-bit red, green and blue, interleaved. Rows are resized as they arrive, so only a few of them are in
/// memory.
public struct PictureRows: ~Copyable {
    private let plan: CropPlan
    private var resampler: RowResampler

    /// The number of rows of ``CropPlan/rows`` received so far.
    public private(set) var count = 0

    /// Whether the decoder found damage.
    private(set) var isDamaged = false

    init(for plan: CropPlan) {
        self.plan = plan
        resampler = plan.filter.resampler
    }

    /// Appends the next rows of the plan.
    ///
    /// - Parameters:
    ///   - pixels: The buffer that holds the rows.
    ///   - offset: The byte of `pixels` at which the first of ``CropPlan/columns`` starts in the first of the rows.
    ///   - stride: The bytes from one row to the next.
    ///   - count: The number of rows.
    /// - Throws: `RecError` with code `decoderFault` when there are more rows than in the plan, or they extend beyond
    ///   `pixels`.
    public mutating func append(_ pixels: Span<UInt8>, offset: Int, stride: Int, count: Int) throws {
        guard count > 0 else { return }
        guard count <= plan.rows.count - self.count else {
            throw RecError(
                .decoderFault,
                "the decoder gave more rows than the \(plan.rows.count) that were asked for"
            )
        }
        let width = 3 * plan.columns.count
        let (last, overflow) = stride.multipliedReportingOverflow(by: count - 1)
        guard offset >= 0, stride >= 0, !overflow, width <= pixels.count, offset <= pixels.count - width,
            last <= pixels.count - width - offset
        else {
            throw RecError(
                .decoderFault,
                "the decoder gave \(pixels.count) bytes for \(count) rows of \(plan.columns.count) pixels"
            )
        }
        resampler.append(pixels, offset: offset, stride: stride, count: count)
        self.count += count
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
