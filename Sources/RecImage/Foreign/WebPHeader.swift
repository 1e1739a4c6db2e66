#if WebP
import CRecWebP
internal import RecCore
internal import RecFiles

/// The chunks of a WebP file.
@safe
struct WebPHeader {
    /// The size of the canvas.
    let size: ImageSize

    /// The part of the canvas that the first frame covers.
    let frame: PixelRectangle

    /// Whether pixels can be transparent.
    let hasAlpha: Bool

    /// The records that can hold the orientation.
    let records: OrientationRecords

    /// The library's header.
    let fields: rec_webp_header

    /// Reads the chunks.
    ///
    /// - Throws: `RecError` with code `truncatedImage` or `corruptImage`.
    init(_ bytes: Span<UInt8>, damage: DamageHandling) throws {
        var header = rec_webp_header()
        let status = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe rec_webp_read_header(buffer.baseAddress, buffer.count, damage == .accepted, &header)
        }
        guard status == REC_WEBP_OK else { throw WebPReader.fault(status, "in its chunks") }
        fields = header
        size = ImageSize(width: Int(header.width), height: Int(header.height))
        frame = PixelRectangle(
            columns: Int(header.frame_left)..<Int(header.frame_left + header.frame_width),
            rows: Int(header.frame_top)..<Int(header.frame_top + header.frame_height)
        )
        hasAlpha = header.has_alpha
        func content(_ range: rec_webp_range) -> [UInt8]? {
            range.size == 0 ? nil : bytes.extracting(range.start..<range.start + range.size).array
        }
        records = OrientationRecords(exif: content(header.exif), xmp: content(header.xmp))
    }
}
#endif
