#if HEIF
import RecFiles
internal import RecCore

/// What the boxes of a HEIF or AVIF file say about its primary picture that libheif does not tell.
struct HEIFBoxes {
    /// The codec and the chroma samples of the primary picture.
    struct Compression: Equatable {
        /// Whether the codec is AV1.
        let isAV1: Bool
        /// The chroma samples.
        let chroma: HEIFChroma
    }

    /// The compression of the primary picture, or of its first tile; `nil` when it cannot be read.
    private(set) var compression: Compression?

    /// The rotation and mirroring of the primary picture; `nil` when it is cropped as well, which libheif does.
    private(set) var orientation: Orientation?

    private let top: MediaBox.List
    private let items: HEIFItems

    /// Reads the boxes of a file.
    init(_ bytes: Span<UInt8>) {
        top = MediaBox.List(in: 0..<bytes.count, of: bytes)
        items = HEIFItems(MediaBox.List(in: top.first("meta")?.content.dropFirst(4) ?? 0..<0, of: bytes), of: bytes)
        compression = compression(of: items.primary, bytes, depth: 0)
        orientation = orientation(of: items.primary, bytes)
    }

    /// Checks what libheif reads when it opens the file.
    ///
    /// - Throws: `RecError` with code `truncatedImage`; `unsupportedImage` for a sequence without a still picture and
    ///   for compressed text, which libheif decompresses without a limit; `imageTooLarge` when many items share bytes,
    ///   of which libheif makes copies.
    func checkOpening(_ bytes: Span<UInt8>) throws(RecError) {
        if top.isCut { throw PictureFault("HEIF file").truncated("within its boxes") }
        if top.first("meta") == nil, top.first("moov") != nil {
            throw RecError(
                .unsupportedImage,
                "this is \(ContentGuess(of: bytes).name) without a still picture; convert one of its pictures to JPEG "
                    + "first"
            )
        }
        if items.dataCount > 8 * bytes.count + 1 << 20 {
            throw RecError(
                .imageTooLarge,
                "the items of the HEIF file have \(items.dataCount) bytes, many times those of the file; convert it to "
                    + "JPEG first"
            )
        }
        if items.hasCompressedText {
            throw RecError(
                .unsupportedImage,
                "the HEIF file has compressed text; remove it, or convert it to JPEG first"
            )
        }
    }

    /// The pixels that libheif allocates to decode the primary picture, by what the compressed data says.
    ///
    /// - Throws: `RecError` with code `corruptImage` or `unsupportedImage`.
    func decodedPixelCount(_ bytes: Span<UInt8>) throws(RecError) -> Int {
        // libheif reads the last of several.
        if top.isLong || top.boxes.count(where: { $0.name == "meta" }) != 1 {
            throw PictureFault("HEIF file").corrupt("in its boxes")
        }
        return try HEIFDecodingSize.pixelCount(items, bytes)
    }

    /// The orientation that a file's steps add up to, from what they do to a picture of six pixels.
    private func orientation(of item: Int, _ bytes: Span<UInt8>) -> Orientation? {
        let stored = RGBImage(width: 3, height: 2, pixels: Array(0..<18))
        var image = stored
        for property in items.properties(of: item) {
            switch property.name {
            case "clap": return nil
            case "irot" where !property.content.isEmpty:
                // Quarter turns, counterclockwise.
                let turns: [Orientation] = [.upright, .turnedRight, .upsideDown, .turnedLeft]
                image = turns[Int(bytes[property.content.lowerBound] & 3)].upright(image)
            case "imir" where !property.content.isEmpty:
                let isAcross = bytes[property.content.lowerBound] & 1 != 0
                image = (isAcross ? Orientation.mirrored : .mirroredUpsideDown).upright(image)
            default: break
            }
        }
        return Orientation.allCases.first { $0.upright(stored) == image }
    }

    /// The compression of an item; a grid or an overlay has that of its first part.
    private func compression(of item: Int, _ bytes: Span<UInt8>, depth: Int) -> Compression? {
        for property in items.properties(of: item) {
            let content = property.content
            if property.name == "av1C", content.count >= 4 {
                let flags = bytes[content.lowerBound + 2]
                let isMonochrome = flags & 0x10 != 0
                let chroma: HEIFChroma =
                    isMonochrome ? .monochrome : flags & 8 == 0 ? .full : flags & 4 == 0 ? .halfWidth : .quarter
                return Compression(isAV1: true, chroma: chroma)
            }
            if property.name == "hvcC", content.count >= 23 {
                let formats: [HEIFChroma] = [.monochrome, .quarter, .halfWidth, .full]
                return Compression(isAV1: false, chroma: formats[Int(bytes[content.lowerBound + 16] & 3)])
            }
        }
        guard depth < 4, let part = items.parts[item]?.first else { return nil }
        return compression(of: part, bytes, depth: depth + 1)
    }
}
#endif
