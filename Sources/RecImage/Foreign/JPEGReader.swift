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
    }

    deinit { unsafe rec_jpeg_close(handle) }

    /// Decodes the picture, once, at 1/`denominator` of its size: 1, 2, 4 or 8.
    ///
    /// A lenient reader that meets an error after the first row leaves the rows that are missing black.
    ///
    /// - Returns: The picture as it is stored, not turned upright.
    func decode(denominator: Int) throws(RecImageError) -> DecodedImage {
        var width: UInt32 = 0
        var height: UInt32 = 0
        try check(unsafe rec_jpeg_start(handle, Int32(denominator), &width, &height), "before its first row")
        let stride = Int(width) * 3
        var pixels = [UInt8](repeating: 0, count: stride * Int(height))
        var rows: UInt32 = 0
        var status = unsafe pixels.withUnsafeMutableBufferPointer { buffer in
            unsafe rec_jpeg_read_rows(handle, buffer.baseAddress, stride, height, &rows)
        }
        if status == REC_JPEG_OK { status = unsafe rec_jpeg_finish(handle) }
        if !isLenient || rows == 0 {
            try check(status, rows < height ? "at row \(rows) of \(height)" : "after its last row")
        }
        let scale = Double(denominator)
        return DecodedImage(
            image: RGBImage(width: Int(width), height: Int(height), pixels: pixels),
            fullSize: size,
            region: SourceRegion(
                horizontal: .init(start: 0, length: Double(size.width) / scale),
                vertical: .init(start: 0, length: Double(size.height) / scale)
            ),
            isDamaged: unsafe status != REC_JPEG_OK || rec_jpeg_damage_count(handle) > 0
        )
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
                "the JPEG is over a limit\(detail); raise maximumScanCount if the file is trusted"
            )
        case REC_JPEG_OUT_OF_MEMORY:
            RecImageError(.imageTooLarge, path: path, "there is not enough memory to decode the JPEG")
        default:
            RecImageError(.corruptImage, path: path, "the JPEG is damaged \(position)\(detail); \(advice)")
        }
    }
}
