import CRecJPEG
internal import RecCore

/// A JPEG in decoding by libjpeg-turbo; valid only while its bytes are borrowed.
@safe
struct JPEGReader: ~Copyable {
    private let handle: OpaquePointer
    private let damage: DamageHandling

    /// The size of the stored picture.
    let size: ImageSize
    /// Whether the data is arithmetic code, which has no least number of bits per pixel.
    let isArithmetic: Bool
    /// Whether a part can be decoded alone to the same pixels as in the whole picture.
    private let hasExactParts: Bool

    /// Opens bytes, reads the header, and calls `body` with the reader.
    ///
    /// - Throws: The fault of the header, or the error of `body`.
    static func read<Value>(
        _ bytes: Span<UInt8>,
        damage: DamageHandling,
        maximumScanCount: Int,
        _ body: (borrowing JPEGReader) throws -> Value
    ) throws -> Value {
        try unsafe bytes.withUnsafeBufferPointer { buffer in
            let handle = unsafe rec_jpeg_open(
                buffer.baseAddress,
                buffer.count,
                damage == .accepted,
                Int32(maximumScanCount)
            )
            guard let handle = unsafe handle else {
                throw PictureFault("JPEG").outOfMemory
            }
            return try body(try unsafe JPEGReader(handle: handle, damage: damage))
        }
    }

    private init(handle: OpaquePointer, damage: DamageHandling) throws {
        unsafe self.handle = handle
        self.damage = damage
        var header = rec_jpeg_header()
        let status = unsafe rec_jpeg_read_header(handle, &header)
        guard status == REC_JPEG_OK else {
            let error = unsafe Self.error(status, handle: handle, position: "in its header")
            unsafe rec_jpeg_close(handle)
            throw error
        }
        size = ImageSize(width: Int(header.width), height: Int(header.height))
        isArithmetic = header.is_arithmetic
        hasExactParts = header.has_exact_parts
    }

    deinit { unsafe rec_jpeg_close(handle) }

    /// The number of rows decoded at a time.
    private static let rowsAtOnce = 16

    /// Decodes the rows of a plan; call it once.
    ///
    /// Pixels and errors are those of decoding the whole picture. Other rows are skipped where that is safe: when
    /// damage is accepted all are decoded, because libjpeg's recovery from an error depends on all rows.
    ///
    /// - Throws: The fault of the data.
    func decode(_ plan: CropPlan, into target: inout PictureRows) throws {
        let height = try start(plan).height
        let skips = hasExactParts && damage == .refused
        var columns: (first: UInt32, count: UInt32) = (0, UInt32(plan.size.width))
        var rows = Rows()
        if skips && plan.columns.count < plan.size.width {
            columns = (UInt32(plan.columns.lowerBound), UInt32(plan.columns.count))
            try check(unsafe rec_jpeg_crop(handle, &columns.first, &columns.count), "before its first row")
        }
        if skips { rows = skipRows(plan.rows.lowerBound) }
        let stride = Int(columns.count) * 3
        var strip = [UInt8](repeating: 0, count: Self.rowsAtOnce * stride + RowResampler.slack)
        let offset = 3 * (plan.columns.lowerBound - Int(columns.first))
        let end = skips ? plan.rows.upperBound : height
        while rows.count < end && rows.status == REC_JPEG_OK {
            // A strip holds rows of the plan or none.
            let isPart = plan.rows.contains(rows.count)
            let bound = isPart ? plan.rows.upperBound : rows.count < plan.rows.lowerBound ? plan.rows.lowerBound : end
            let more = readRows(into: &strip, stride: stride, count: min(Self.rowsAtOnce, bound - rows.count))
            if isPart { try target.append(strip.span, offset: offset, stride: stride, count: more.count) }
            rows.count += more.count
            rows.status = more.status
        }
        if skips && rows.status == REC_JPEG_OK && rows.count < height {
            if unsafe !plan.readsToEnd && rec_jpeg_rest_is_whole(handle) { return }
            rows = skipRows(height)
            if rows.status == REC_JPEG_OK && rows.count < height {
                let last = readRows(into: &strip, stride: stride, count: 1)
                rows = Rows(count: rows.count + last.count, status: last.status)
            }
        }
        if try finish(rows, height: height) { target.markDamaged() }
    }

    /// Starts decoding at the scale of a plan.
    ///
    /// - Returns: The size of the decoded picture.
    private func start(_ plan: CropPlan) throws -> ImageSize {
        var width: UInt32 = 0
        var height: UInt32 = 0
        try check(unsafe rec_jpeg_start(handle, Int32(plan.denominator), &width, &height), "before its first row")
        let scaled = ImageSize(width: Int(width), height: Int(height))
        precondition(size == plan.fullSize && scaled == plan.size, "the plan is for another picture")
        return scaled
    }

    /// The progress of reading.
    private struct Rows {
        var count = 0
        var status = REC_JPEG_OK
    }

    /// Skips the next rows, except for the picture's last.
    private func skipRows(_ count: Int) -> Rows {
        let status = unsafe rec_jpeg_skip_rows(handle, UInt32(count))
        return Rows(count: Int(unsafe rec_jpeg_row(handle)), status: status)
    }

    /// Decodes the next rows.
    private func readRows(into strip: inout [UInt8], stride: Int, count: Int) -> Rows {
        precondition(stride * count <= strip.count, "rows out of range")
        var decoded: UInt32 = 0
        let status = unsafe strip.withUnsafeMutableBufferPointer { buffer in
            unsafe rec_jpeg_read_rows(handle, buffer.baseAddress, stride, UInt32(count), &decoded)
        }
        return Rows(count: Int(decoded), status: status)
    }

    /// Reads to the end of the picture, unless there was an earlier fault.
    ///
    /// - Returns: Whether the picture is damaged.
    private func finish(_ rows: Rows, height: Int) throws -> Bool {
        let status = unsafe rows.status == REC_JPEG_OK ? rec_jpeg_finish(handle) : rows.status
        if damage == .refused || rows.count == 0 {
            try check(status, rows.count < height ? "at row \(rows.count) of \(height)" : "after its last row")
        }
        return unsafe status != REC_JPEG_OK || rec_jpeg_damage_count(handle) > 0
    }

    private func check(_ status: rec_jpeg_status, _ position: String) throws {
        guard status != REC_JPEG_OK else { return }
        throw unsafe Self.error(status, handle: handle, position: position)
    }

    private static func error(_ status: rec_jpeg_status, handle: OpaquePointer, position: String) -> RecError {
        let fault = PictureFault("JPEG", words: unsafe String(cString: rec_jpeg_message(handle)))
        return switch status {
        case REC_JPEG_TRUNCATED: fault.truncated(position)
        case REC_JPEG_INCOMPLETE:
            RecError(.truncatedImage, "the JPEG is incomplete\(fault.detail); fetch the file again")
        case REC_JPEG_UNSUPPORTED:
            RecError(
                .unsupportedImage,
                "the JPEG is of a kind that is not supported\(fault.detail); save it as baseline or progressive, 8 bits"
            )
        case REC_JPEG_TOO_LARGE: RecError(.imageTooLarge, "the JPEG is over a limit\(fault.detail)")
        case REC_JPEG_OUT_OF_MEMORY: fault.outOfMemory
        default: fault.corrupt(position)
        }
    }
}
