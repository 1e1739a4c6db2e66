#if WebP
/// Decoded pixels of a frame, in the columns and rows of the canvas.
struct DecodedFrame {
    /// The columns and rows that are there.
    let columns: Range<Int>
    let rows: Range<Int>
    /// 3 for RGB, 4 for RGBA.
    let channels: Int
    /// The bytes from one row to the next.
    let stride: Int
    /// Whether rows of the frame are missing after ``rows``.
    let isCut: Bool

    /// The bytes of all rows.
    var byteCount: Int { rows.isEmpty ? 0 : stride * (rows.count - 1) + channels * columns.count }

    /// Appends the rows of a plan; what the frame leaves free is zero in all channels.
    ///
    /// Stops at the first row of the frame that is missing, and where that lies before the plan, at once.
    func append(_ pixels: Span<UInt8>, of frame: PixelRectangle, to plan: CropPlan, into target: inout PictureRows)
        throws
    {
        let hasAlpha = channels == 4
        let end = isCut ? rows.upperBound : plan.rows.upperBound
        let part = plan.columns.clamped(to: columns)
        func offset(of row: Int) -> Int {
            stride * (row - rows.lowerBound) + channels * (part.lowerBound - columns.lowerBound)
        }
        if plan.columns.clamped(to: frame.columns) == plan.columns && plan.rows.clamped(to: frame.rows) == plan.rows {
            let count = min(plan.rows.upperBound, end) - plan.rows.lowerBound
            if count > 0 {
                let start = offset(of: plan.rows.lowerBound)
                try target.append(pixels, offset: start, stride: stride, count: count, hasAlpha: hasAlpha)
            }
            return
        }
        let place = channels * (part.lowerBound - plan.columns.lowerBound)
        var line = [UInt8](repeating: 0, count: channels * plan.columns.count)
        for row in plan.rows where row < end {
            if frame.rows.contains(row) && !part.isEmpty {
                let start = offset(of: row)
                for index in 0..<channels * part.count { line[place + index] = pixels[start + index] }
            } else {
                for index in line.indices { line[index] = 0 }
            }
            try target.append(line.span, offset: 0, stride: 0, count: 1, hasAlpha: hasAlpha)
        }
    }
}
#endif
