internal import RecCore

/// Takes the rows of a picture from its decoder.
///
/// Pixels are 8-bit red, green and blue, interleaved. Rows are resized as they come, so neither the decoder nor this
/// holds more than a few of them.
public struct PictureRows: ~Copyable {
    private let plan: CropPlan
    private var resampler: RowResampler

    /// The number of rows of ``CropPlan/rows`` that were taken.
    public private(set) var count = 0

    /// Whether the decoder met damage.
    private(set) var isDamaged = false

    init(for plan: CropPlan) {
        self.plan = plan
        resampler = plan.filter.resampler
    }

    /// Takes the next of the rows that the plan asks for.
    ///
    /// - Parameters:
    ///   - pixels: Where the rows are.
    ///   - offset: The byte of `pixels` at which the first of ``CropPlan/columns`` starts in the first of the rows.
    ///   - stride: The bytes from one row to the next.
    ///   - count: The number of rows.
    /// - Throws: `RecError` with code `decoderFault` when there are more rows than were asked for, or they reach
    ///   outside of `pixels`.
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

    /// Says that the picture is damaged, but used as far as it goes.
    public mutating func markDamaged() {
        isDamaged = true
    }

    /// The picture that was asked for; rows that are missing are black.
    consuming func finish() -> RGBImage {
        let plan = plan
        return plan.finish(resampler.finish())
    }
}
