#if PNG
internal import RecCore

/// Decodes PNG files of every colour type, depth and interlacing; of an animated one, the picture that others show.
///
/// The pixels are byte for byte those of Pillow's `Image.open(path).convert("RGB")`, and for pictures with transparency
/// those of `Image.alpha_composite` over the background. Pillow's rules, some of them odd:
///
/// - Gray of 1, 2 and 4 bits is stretched to 255. Gray of 16 bits is clipped: 255 and more are white.
/// - Other samples of 16 bits give their high byte.
/// - A transparent colour (`tRNS`) is compared with the 8-bit pixels, by its low byte, whatever the depth.
/// - Colours that the palette lacks are black.
/// - Gamma, colour profiles and significant bits are ignored.
///
/// The checksum of the pixels (Adler-32) is verified; those of their chunks are not.
package struct PNGDecoder: PictureDecoder, Hashable {
    /// Creates a decoder.
    package init() {}

    /// `PNG`.
    package var formatName: String { "PNG" }

    /// Whether bytes begin with the signature.
    package func recognizes(_ bytes: Span<UInt8>) -> Bool {
        bytes.agrees(with: PNGWalk.signature)
    }

    /// The size in the header, and the orientation in EXIF or XMP.
    package func header(of bytes: Span<UInt8>, damage: DamageHandling) throws -> PictureHeader {
        let file = try PNGFile(bytes, damage: damage)
        // No byte of deflated data stands for more than 1,032 bytes.
        return PictureHeader(
            size: file.header.size,
            orientation: file.orientation,
            pixelCapacity: file.dataSize * 1032 * 8 / file.header.bitsPerPixel
        )
    }

    /// Decodes the rows of a plan.
    ///
    /// Two rows are in memory, and what libpng holds: two more rows, and the 32 KiB that zlib looks back. Of an interlaced
    /// picture, the rows of the plan are held as samples, 4 bytes for each pixel at most.
    package func decode(
        _ bytes: Span<UInt8>,
        plan: CropPlan,
        damage: DamageHandling,
        into rows: inout PictureRows
    ) throws {
        let file = try PNGFile(bytes, damage: damage)
        if file.isDamaged { rows.markDamaged() }
        try PNGReader.read(bytes, file) { reader throws in
            try reader.decode(plan, damage: damage, into: &rows)
        }
    }
}
#endif
