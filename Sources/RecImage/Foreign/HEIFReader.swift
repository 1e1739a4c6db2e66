#if HEIF
import CRecHEIF
internal import RecCore

/// A HEIF file in decoding by libheif; valid only while its bytes are borrowed.
@safe
struct HEIFReader: ~Copyable {
    private let handle: OpaquePointer
    private let compression: HEIFBoxes.Compression?
    private let hasAlpha: Bool
    /// Words for the content, with an article.
    private let name: String

    /// The size of the picture as the library gives it.
    let size: ImageSize

    /// The orientation of the picture as the library gives it: upright when it is cropped or has alpha.
    let orientation: Orientation

    /// Opens bytes, reads the header, and calls `body` with the reader.
    ///
    /// - Throws: The fault of the header, or the error of `body`.
    static func read<Value>(
        _ bytes: Span<UInt8>,
        _ boxes: HEIFBoxes,
        _ body: (borrowing HEIFReader) throws -> Value
    ) throws -> Value {
        try boxes.checkOpening(bytes)
        let name = ContentGuess(of: bytes).name
        return try unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let handle = unsafe rec_heif_open(buffer.baseAddress, buffer.count) else {
                throw PictureFault("HEIF file").outOfMemory
            }
            return try body(try unsafe HEIFReader(handle: handle, boxes, name: name))
        }
    }

    private init(handle: OpaquePointer, _ boxes: HEIFBoxes, name: String) throws {
        self.name = name
        unsafe self.handle = handle
        compression = boxes.compression
        var header = rec_heif_header()
        let status = unsafe rec_heif_read_header(handle, boxes.orientation == nil, &header)
        guard status == REC_HEIF_OK else {
            let error = unsafe Self.error(status, handle: handle, position: "in its boxes", name)
            unsafe rec_heif_close(handle)
            throw error
        }
        size = ImageSize(width: Int(header.width), height: Int(header.height))
        hasAlpha = header.has_alpha
        orientation = header.is_transformed ? .upright : boxes.orientation ?? .upright
    }

    deinit { unsafe rec_heif_close(handle) }

    /// Decodes the rows of a plan; call it once.
    ///
    /// - Throws: The fault of the data.
    func decode(_ plan: CropPlan, into target: inout PictureRows) throws {
        precondition(plan.fullSize == size && plan.denominator == 1, "the plan is for another picture")
        let status = unsafe rec_heif_decode(handle, conversion)
        guard status == REC_HEIF_OK else {
            throw unsafe Self.error(status, handle: handle, position: "in its pixels", name)
        }
        var row = [UInt8](repeating: 0, count: plan.columns.count * (hasAlpha ? 4 : 3) + RowResampler.slack)
        for y in plan.rows {
            unsafe row.withUnsafeMutableBufferPointer { buffer in
                unsafe rec_heif_convert_row(handle, y, plan.columns.lowerBound, plan.columns.count, buffer.baseAddress)
            }
            try target.append(row.span, offset: 0, stride: 0, count: 1, hasAlpha: hasAlpha)
        }
    }

    /// How the library's colours become those of the reference decoder.
    private var conversion: rec_heif_conversion {
        let chroma = compression?.chroma
        return rec_heif_conversion(
            interpolates: compression?.isAV1 == true,
            is_narrow: chroma == .quarter || chroma == .halfWidth,
            is_low: chroma == .quarter
        )
    }

    private static func error(_ status: rec_heif_status, handle: OpaquePointer, position: String, _ name: String)
        -> RecError
    {
        let fault = PictureFault("HEIF file", words: unsafe String(cString: rec_heif_message(handle)))
        return switch status {
        case REC_HEIF_TRUNCATED: fault.truncated(position)
        case REC_HEIF_UNSUPPORTED:
            RecError(
                .unsupportedImage,
                "this is \(name) that cannot be decoded\(fault.detail); convert it to JPEG first"
            )
        case REC_HEIF_TOO_LARGE:
            RecError(.imageTooLarge, "the HEIF file is over a limit or needs too much memory\(fault.detail)")
        default: fault.corrupt(position)
        }
    }
}
#endif
