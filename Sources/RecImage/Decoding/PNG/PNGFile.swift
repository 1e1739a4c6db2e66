#if PNG
internal import RecCore

/// The chunks of a PNG file: its header, colours, orientation, and where its compressed pixels are.
///
/// Which files are good is decided as Pillow decides it: checksums count before the pixels only, and a file may end
/// without an `IEND`. Text is decompressed into a bounded buffer. No other chunk is decompressed or copied.
struct PNGFile {
    /// The header.
    let header: PNGHeader

    /// The palette of colour type 3, three bytes for each colour.
    let palette: [UInt8]

    /// The content of `tRNS`.
    let transparency: [UInt8]?

    /// The orientation of the picture.
    let orientation: Orientation

    /// The position of the first `IDAT` chunk.
    let data: Int

    /// The number of compressed bytes, as far as the file has them.
    let dataSize: Int

    /// Whether the file ends within the compressed bytes.
    let isCut: Bool

    /// Whether chunks are damaged; always `false` unless damage is accepted.
    let isDamaged: Bool

    /// Reads the chunks of a file.
    ///
    /// - Throws: `RecError` with code `truncatedImage`, `corruptImage`, `unsupportedImage`, or `imageTooLarge` when text
    ///   decompresses to more than the bounds.
    /// - Complexity: O(bytes before and after the pixels), plus 64 MiB of decompressed text at most.
    init(_ bytes: Span<UInt8>, damage: DamageHandling) throws {
        var walk = PNGWalk(damage: damage)
        try walk.read(bytes)
        guard let header = walk.header, let data = walk.data else {
            throw RecError(.corruptImage, "the PNG has no pixels; fetch the file again")
        }
        self.header = header
        self.data = data
        dataSize = walk.dataSize
        isCut = walk.isCut
        isDamaged = walk.isDamaged
        palette = walk.palette
        transparency = walk.transparency
        orientation = walk.text.orientation
    }
}
#endif
