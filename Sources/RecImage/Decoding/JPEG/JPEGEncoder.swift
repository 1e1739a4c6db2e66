/// Writes pictures as baseline JPEG, 4:2:0, for thumbnails.
package struct JPEGEncoder: Sendable, Hashable {
    /// The quality in libjpeg's scale, 1 (small) to 100 (good).
    package var quality: Int

    /// Creates an encoder.
    ///
    /// - Precondition: `quality` is from 1 to 100.
    package init(quality: Int = 85) {
        precondition((1...100).contains(quality), "quality is from 1 to 100")
        self.quality = quality
    }

    /// The bytes of a JPEG file with the picture.
    ///
    /// - Throws: `RecError` with code `imageTooLarge` for a side over 65,500 pixels.
    package func encode(_ image: RGBImage) throws -> [UInt8] {
        try JPEGWriter.encode(image, quality: quality)
    }
}
