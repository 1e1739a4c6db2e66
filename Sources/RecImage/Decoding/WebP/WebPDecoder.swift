#if WebP
internal import RecCore

/// Decodes WebP files: lossy and lossless, with and without alpha; of an animation, the first frame on its canvas.
///
/// The pixels are byte for byte those of Pillow's `Image.open(path).convert("RGB")`, and for pictures with alpha those of
/// `Image.alpha_composite` over the background. What an animation's first frame leaves free is transparent, or black
/// when the file says that nothing is transparent. Colour profiles are ignored.
package struct WebPDecoder: PictureDecoder, Hashable {
    /// Creates a decoder.
    package init() {}

    /// `WebP`.
    package var formatName: String { "WebP" }

    /// Whether bytes begin as a RIFF file of WebP.
    package func recognizes(_ bytes: Span<UInt8>) -> Bool {
        bytes.agrees(with: "RIFF".utf8) && bytes.agrees(with: "WEBP".utf8, at: 8)
    }

    /// The size of the canvas, and the orientation in EXIF or XMP.
    package func header(of bytes: Span<UInt8>, damage: DamageHandling) throws -> PictureHeader {
        let header = try WebPHeader(bytes, damage: damage)
        return PictureHeader(size: header.size, orientation: header.records.orientation)
    }

    /// Decodes the rows of a plan.
    ///
    /// libwebp decodes the columns and rows of the plan into memory, 3 bytes for each pixel, 4 with alpha. With alpha it
    /// also holds one byte for each pixel of the whole frame, and a lossless frame takes 4 bytes for each of its pixels.
    package func decode(
        _ bytes: Span<UInt8>,
        plan: CropPlan,
        damage: DamageHandling,
        into rows: inout PictureRows
    ) throws {
        let header = try WebPHeader(bytes, damage: damage)
        try WebPReader.decode(bytes, header, plan, damage: damage, into: &rows)
    }
}
#endif
