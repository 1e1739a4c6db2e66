import CRecJPEG

/// A JPEG being decoded by libjpeg-turbo; lives only while its bytes are lent.
@safe
struct JPEGReader: ~Copyable {
    private let handle: OpaquePointer
    private let path: String?
    private let isLenient: Bool

    /// The size of the stored picture.
    let size: ImageSize
    /// Whether the data is arithmetic code, which has no least number of bits a pixel.
    let isArithmetic: Bool
    /// Whether a part can be decoded by itself to the pixels that it has in the whole.
    private let hasExactParts: Bool

    /// Opens bytes, reads the header, and lends the reader.
    ///
    /// - Throws: What the header is at fault for, or what `body` throws.
    static func read<Value>(
        _ bytes: borrowing Span<UInt8>,
        isLenient: Bool,
        maximumScanCount: Int,
        path: String?,
        _ body: (borrowing JPEGReader) throws(RecImageError) -> Value
    ) throws(RecImageError) -> Value {
        try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(RecImageError) in
            guard
                let handle = unsafe rec_jpeg_open(buffer.baseAddress, buffer.count, isLenient, Int32(maximumScanCount))
            else { throw RecImageError(.imageTooLarge, path: path, "there is not enough memory for a decoder") }
            return try body(try unsafe JPEGReader(handle: handle, isLenient: isLenient, path: path))
        }
    }

    private init(handle: OpaquePointer, isLenient: Bool, path: String?) throws(RecImageError) {
        unsafe self.handle = handle
        self.isLenient = isLenient
        self.path = path
        var header = rec_jpeg_header()
        let status = unsafe rec_jpeg_read_header(handle, &header)
        guard status == REC_JPEG_OK else {
            let error = unsafe Self.error(status, handle: handle, path: path, position: "in its header")
            unsafe rec_jpeg_close(handle)
            throw error
        }
        size = ImageSize(width: Int(header.width), height: Int(header.height))
        isArithmetic = header.is_arithmetic
        hasExactParts = header.has_exact_parts
    }

    deinit { unsafe rec_jpeg_close(handle) }

    /// How many rows are decoded before they are handed over.
    private static let rowsAtOnce = 16
    /// Bytes after the last row that whoever gets the rows may read.
    private static let slack = 64

    /// Starts decoding, once, at 1/`denominator` of the size: 1, 2, 4 or 8.
    ///
    /// - Returns: The size of the picture that comes out.
    func start(denominator: Int) throws(RecImageError) -> ImageSize {
        var width: UInt32 = 0
        var height: UInt32 = 0
        try check(unsafe rec_jpeg_start(handle, Int32(denominator), &width, &height), "before its first row")
        return ImageSize(width: Int(width), height: Int(height))
    }

    /// Decodes all pixels, after ``start(denominator:)``.
    ///
    /// A lenient reader that meets an error after the first row leaves the rows that are missing black.
    ///
    /// - Parameters:
    ///   - scaled: What `start` returned.
    ///   - pixels: Becomes the picture as it is stored, not turned upright; comes black and of the right size.
    /// - Returns: Whether the picture is damaged.
    /// - Throws: What the data is at fault for.
    func decode(_ scaled: ImageSize, into pixels: inout [UInt8]) throws(RecImageError) -> Bool {
        let stride = scaled.width * 3
        precondition(pixels.count == stride * scaled.height, "there must be room for the picture")
        let rows = unsafe pixels.withUnsafeMutableBufferPointer { buffer in
            unsafe readRows(into: buffer.baseAddress, stride: stride, count: scaled.height)
        }
        return try finish(rows, of: scaled)
    }

    /// Decodes a part and hands its rows to a resampler, after ``start(denominator:)``.
    ///
    /// Pixels and errors are those of decoding all. What lies outside is skipped as far as it is safe: a lenient reader
    /// decodes all, because what it makes of an error depends on all the rows.
    ///
    /// - Parameters:
    ///   - scaled: What `start` returned.
    ///   - ignoresRest: Whether it is enough to look for markers in the code after the part, without decoding it.
    ///   - resampler: Takes the rows that it wants.
    /// - Returns: Whether the picture is damaged.
    /// - Throws: What the data is at fault for.
    func decode(
        _ scaled: ImageSize,
        ignoresRest: Bool,
        into resampler: inout RowResampler
    ) throws(RecImageError) -> Bool {
        let skips = hasExactParts && !isLenient
        let part = PixelRectangle(columns: resampler.columns, rows: resampler.rows)
        var columns: (first: UInt32, count: UInt32) = (0, UInt32(scaled.width))
        var rows = Rows()
        if skips {
            columns = (UInt32(part.columns.lowerBound), UInt32(part.columns.count))
            try check(unsafe rec_jpeg_crop(handle, &columns.first, &columns.count), "before its first row")
            rows = skipRows(part.rows.lowerBound)
        }
        let stride = Int(columns.count) * 3
        var strip = [UInt8](repeating: 0, count: Self.rowsAtOnce * stride + Self.slack)
        let offset = 3 * (part.columns.lowerBound - Int(columns.first))
        let end = skips ? part.rows.upperBound : scaled.height
        while rows.count < end && rows.status == REC_JPEG_OK {
            // A strip holds rows of the part or none.
            let bound = rows.count < part.rows.lowerBound ? part.rows.lowerBound : end
            let count = min(Self.rowsAtOnce, bound - rows.count)
            let more = unsafe strip.withUnsafeMutableBufferPointer { buffer in
                unsafe readRows(into: buffer.baseAddress, stride: stride, count: count)
            }
            if rows.count >= part.rows.lowerBound {
                resampler.append(strip.span, offset: offset, stride: stride, count: more.count)
            }
            rows.count += more.count
            rows.status = more.status
        }
        if skips && rows.status == REC_JPEG_OK {
            if unsafe ignoresRest && rec_jpeg_rest_is_whole(handle) { return false }
            rows = skipRows(scaled.height)
            if rows.status == REC_JPEG_OK && rows.count < scaled.height {
                let last = unsafe strip.withUnsafeMutableBufferPointer { buffer in
                    unsafe readRows(into: buffer.baseAddress, stride: stride, count: 1)
                }
                rows = Rows(count: rows.count + last.count, status: last.status)
            }
        }
        return try finish(rows, of: scaled)
    }

    /// How far reading came.
    private struct Rows {
        var count = 0
        var status = REC_JPEG_OK
    }

    /// Passes over the next rows, except for the picture's last.
    private func skipRows(_ count: Int) -> Rows {
        let status = unsafe rec_jpeg_skip_rows(handle, UInt32(count))
        return Rows(count: Int(unsafe rec_jpeg_row(handle)), status: status)
    }

    /// Decodes the next rows.
    private func readRows(into target: UnsafeMutablePointer<UInt8>?, stride: Int, count: Int) -> Rows {
        var decoded: UInt32 = 0
        let status = unsafe rec_jpeg_read_rows(handle, target, stride, UInt32(count), &decoded)
        return Rows(count: Int(decoded), status: status)
    }

    /// Reads on to the end of the picture, unless something was wrong before.
    ///
    /// - Returns: Whether the picture is damaged.
    private func finish(_ rows: Rows, of scaled: ImageSize) throws(RecImageError) -> Bool {
        let status = unsafe rows.status == REC_JPEG_OK ? rec_jpeg_finish(handle) : rows.status
        if !isLenient || rows.count == 0 {
            try check(
                status,
                rows.count < scaled.height ? "at row \(rows.count) of \(scaled.height)" : "after its last row"
            )
        }
        return unsafe status != REC_JPEG_OK || rec_jpeg_damage_count(handle) > 0
    }

    private func check(_ status: rec_jpeg_status, _ position: String) throws(RecImageError) {
        guard status != REC_JPEG_OK else { return }
        throw unsafe Self.error(status, handle: handle, path: path, position: position)
    }

    private static func error(
        _ status: rec_jpeg_status,
        handle: OpaquePointer,
        path: String?,
        position: String
    ) -> RecImageError {
        let words = unsafe String(cString: rec_jpeg_message(handle))
        let detail = words.isEmpty ? "" : " (\(words))"
        let advice = "fetch the file again; a lenient decoder keeps what is there, if rows are"
        return switch status {
        case REC_JPEG_TRUNCATED:
            RecImageError(.truncatedImage, path: path, "the JPEG ends \(position)\(detail); \(advice)")
        case REC_JPEG_UNSUPPORTED:
            RecImageError(
                .unsupportedImage,
                path: path,
                "the JPEG is of a kind that is not supported\(detail); save it as baseline or progressive, 8 bits"
            )
        case REC_JPEG_TOO_LARGE:
            RecImageError(
                .imageTooLarge,
                path: path,
                "the JPEG is over a limit\(detail)"
            )
        case REC_JPEG_OUT_OF_MEMORY:
            RecImageError(.imageTooLarge, path: path, "there is not enough memory to decode the JPEG")
        default:
            RecImageError(.corruptImage, path: path, "the JPEG is damaged \(position)\(detail); \(advice)")
        }
    }
}
