internal import RecCore

/// Decodes JPEG files: baseline and progressive; gray, YCbCr with any subsampling, RGB, CMYK and YCCK.
///
/// At ``DecodingScale/full`` scale the pixels are byte for byte those of Pillow's `Image.open(path).convert("RGB")` —
/// followed by `ImageOps.exif_transpose` with ``OrientationHandling/apply`` — when both use libjpeg-turbo: accurate
/// integer inverse DCT, fancy upsampling, block smoothing. Embedded colour profiles are ignored, as Pillow, torchvision
/// and Keras ignore them. CMYK is read as inverted, as Adobe writes it. Reduced scales are 1/2, 1/4 and 1/8.
///
/// The number of scans is limited. Data that libjpeg would silently repair is an error, unless damage is accepted:
/// code that ends early, a component or a coefficient that no scan has. What does not decide about a block is no damage:
/// missing refinements of a progressive picture, and a cut that leaves the last block with some of its code. Arithmetic
/// code may end early by rule; a cut is noticed by the code that the decoder has to make up, unless that happens to
/// describe a flat area.
package struct JPEGDecoder: PictureDecoder, Hashable {
    /// The greatest number of scans in a progressive picture.
    ///
    /// Usual files have about ten; each takes time.
    package var maximumScanCount: Int

    /// Creates a decoder.
    ///
    /// - Precondition: The maximum is from 1 to 10,000.
    package init(maximumScanCount: Int = 100) {
        precondition((1...10_000).contains(maximumScanCount), "limits are positive")
        self.maximumScanCount = maximumScanCount
    }

    /// `JPEG`.
    package var formatName: String { "JPEG" }

    private static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

    /// Whether bytes begin with a start-of-image marker and another marker, and are not JPEG-LS.
    package func recognizes(_ bytes: Span<UInt8>) -> Bool {
        bytes.agrees(with: Self.signature) && !JPEGLS.recognizes(bytes)
    }

    /// The size in the frame header, and the orientation in EXIF or XMP.
    package func header(of bytes: Span<UInt8>, damage: DamageHandling) throws -> PictureHeader {
        guard bytes.count >= Self.signature.count else {
            throw RecError(.truncatedImage, "the JPEG ends after \(bytes.count) bytes")
        }
        let orientation = JPEGMetadata(bytes).orientation
        // Each block of 64 samples of the largest component takes at least one bit of Huffman code; a component may be
        // subsampled to a quarter along an axis. Arithmetic coding has no such bound.
        let (capacity, overflow) = bytes.count.multipliedReportingOverflow(by: 8 * 64 * 4)
        return try JPEGReader.read(bytes, damage: damage, maximumScanCount: maximumScanCount) { reader in
            PictureHeader(
                size: reader.size,
                orientation: orientation,
                denominators: [2, 4, 8],
                pixelCapacity: reader.isArithmetic || overflow ? nil : capacity
            )
        }
    }

    /// Decodes the rows of a plan.
    ///
    /// Columns and rows outside the plan are skipped where libjpeg-turbo can do so exactly: baseline, gray or colour,
    /// subsampled by at most two. Only a few rows are in memory, unless the picture is progressive: libjpeg then holds
    /// all coefficients.
    package func decode(
        _ bytes: Span<UInt8>,
        plan: CropPlan,
        damage: DamageHandling,
        into rows: inout PictureRows
    ) throws {
        try JPEGReader.read(bytes, damage: damage, maximumScanCount: maximumScanCount) { reader in
            try reader.decode(plan, into: &rows)
        }
    }
}
