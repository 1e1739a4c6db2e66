#if HEIF
internal import RecCore

/// Decodes the primary picture of HEIF files, HEIC and AVIF among them; of a sequence, the picture that represents it.
///
/// The orientation is that of the file's own rotation and mirroring; the one in EXIF or XMP, which repeats it, is not
/// read. Cropping is always applied; in cropped pictures and those with alpha, so is rotation.
///
/// The pixels differ from those of pillow-heif and of Pillow's AVIF decoder by rounding, with a PSNR of at least 50 dB.
/// Chroma samples of AV1 are interpolated and those of HEVC repeated, as by these decoders. Colours are those of the
/// file: neither profiles nor HDR curves are applied.
package struct HEIFDecoder: PictureDecoder, Hashable {
    /// Creates a decoder.
    package init() {}

    /// `HEIF`, of which HEIC and AVIF are kinds.
    package var formatName: String { "HEIF" }

    /// Whether bytes begin with a box of file types that names HEIF or one of its codecs.
    package func recognizes(_ bytes: Span<UInt8>) -> Bool {
        if let brands = MediaBrands(bytes) { return brands.content != .video && brands.content != .rawPhotograph }
        // The size of the box comes first; it is more than 0 and less than 16 MiB.
        guard bytes.count < 12, !bytes.isEmpty, bytes[0] == 0 else { return false }
        let hasSize = bytes.count < 4 || bytes.uint32(at: 0) > 0
        return hasSize && bytes.agrees(with: "ftyp".utf8, at: 4)
    }

    /// The size, the orientation in the file's boxes, and what the compressed data says that it takes to decode.
    package func header(of bytes: Span<UInt8>, damage: DamageHandling) throws -> PictureHeader {
        let boxes = HEIFBoxes(bytes)
        return try HEIFReader.read(bytes, boxes) { reader in
            var header = PictureHeader(size: reader.size, orientation: reader.orientation)
            header.decodedPixelCount = try boxes.decodedPixelCount(bytes)
            return header
        }
    }

    /// Decodes the rows of a plan.
    ///
    /// libheif decodes the whole picture: 1.5 to 3 bytes for each pixel, twice that for more than 8 bits, one or two
    /// more with alpha, and about as much again while it decodes. Rows are converted to RGB one by one.
    package func decode(
        _ bytes: Span<UInt8>,
        plan: CropPlan,
        damage: DamageHandling,
        into rows: inout PictureRows
    ) throws {
        try HEIFReader.read(bytes, HEIFBoxes(bytes)) { reader in try reader.decode(plan, into: &rows) }
    }
}
#endif
