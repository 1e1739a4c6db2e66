#if WebP
import CRecWebP
internal import RecCore

/// Decodes WebP files with libwebp.
enum WebPReader {
    /// Decodes the rows of a plan.
    ///
    /// - Throws: The fault of the data.
    static func decode(
        _ bytes: Span<UInt8>,
        _ header: WebPHeader,
        _ plan: CropPlan,
        damage: DamageHandling,
        into target: inout PictureRows
    ) throws {
        precondition(plan.fullSize == header.size && plan.denominator == 1, "the plan is for another picture")
        let frame = header.frame
        let columns = plan.columns.clamped(to: frame.columns)
        // Damage behind the rows shows only when it is decoded.
        let wanted =
            plan.readsToEnd ? plan.rows.lowerBound..<max(plan.rows.upperBound, frame.rows.upperBound) : plan.rows
        let rows = wanted.clamped(to: frame.rows)
        var rectangle = rec_webp_rectangle(
            left: UInt32(columns.lowerBound - frame.columns.lowerBound),
            top: UInt32(rows.lowerBound - frame.rows.lowerBound),
            width: UInt32(columns.count),
            height: UInt32(rows.count)
        )
        if damage == .accepted {
            // Which rows can be decoded of a damaged frame depends on the rectangle.
            rectangle = rec_webp_rectangle(
                left: 0,
                top: 0,
                width: header.fields.frame_width,
                height: header.fields.frame_height
            )
        } else if columns.isEmpty || rows.isEmpty {
            // The frame does not touch the crop, but may be damaged.
            (rectangle.left, rectangle.top, rectangle.width, rectangle.height) = (0, 0, 1, header.fields.frame_height)
        }
        var pixels: OpaquePointer?
        let status = unsafe bytes.withUnsafeBufferPointer { buffer in
            var copy = header.fields
            return unsafe rec_webp_decode(buffer.baseAddress, &copy, damage == .accepted, &rectangle, &pixels)
        }
        defer { unsafe rec_webp_free(pixels) }
        if status != REC_WEBP_OK || header.fields.is_cut {
            guard damage == .accepted, status != REC_WEBP_OUT_OF_MEMORY else {
                throw fault(status == REC_WEBP_OK ? REC_WEBP_TRUNCATED : status, "in its pixels")
            }
            target.markDamaged()
        }
        var stride = 0
        let start = unsafe pixels.flatMap { unsafe rec_webp_rows($0, &stride) }
        let count = unsafe start == nil ? 0 : Int(rectangle.height)
        let decoded = DecodedFrame(
            columns: frame.columns.lowerBound + Int(rectangle.left)..<frame.columns.lowerBound
                + Int(rectangle.left + rectangle.width),
            rows: frame.rows.lowerBound + Int(rectangle.top)..<frame.rows.lowerBound + Int(rectangle.top) + count,
            channels: header.hasAlpha ? 4 : 3,
            stride: stride,
            isCut: damage == .accepted && count < Int(header.fields.frame_height)
        )
        let buffer = unsafe UnsafeBufferPointer(start: start, count: decoded.byteCount)
        try decoded.append(unsafe buffer.span, of: frame, to: plan, into: &target)
    }

    static func fault(_ status: rec_webp_status, _ position: String) -> RecError {
        let fault = PictureFault("WebP")
        return switch status {
        case REC_WEBP_TRUNCATED: fault.truncated(position)
        case REC_WEBP_OUT_OF_MEMORY: fault.outOfMemory
        default: fault.corrupt(position)
        }
    }
}
#endif
