import CRecJPEG
internal import RecCore

/// Compresses pictures with libjpeg-turbo.
enum JPEGWriter {
    /// The longest side that the format allows in libjpeg.
    static let longestSide = 65_500

    /// The bytes of a JPEG file.
    ///
    /// - Throws: `RecError` with code `imageTooLarge` for a side over ``longestSide`` or for lack of memory.
    static func encode(_ image: RGBImage, quality: Int) throws(RecError) -> [UInt8] {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        let status = unsafe image.pixels.withUnsafeBufferPointer { buffer in
            unsafe rec_jpeg_encode(
                buffer.baseAddress,
                image.width * 3,
                UInt32(clamping: image.width),
                UInt32(clamping: image.height),
                Int32(quality),
                &bytes,
                &count
            )
        }
        guard status == REC_JPEG_OK, let start = unsafe bytes else {
            throw RecError(
                .imageTooLarge,
                "a picture of \(image.size) cannot be written as JPEG: sides are at most \(longestSide), and memory must do"
            )
        }
        defer { unsafe rec_jpeg_free(start) }
        return unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
    }
}
