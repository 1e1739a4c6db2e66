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

/// The fields of the `IHDR` chunk.
struct PNGHeader: Equatable {
    /// Colour types, by PNG's numbers.
    enum ColorType: UInt8 {
        case gray = 0
        case rgb = 2
        case palette = 3
        case grayAlpha = 4
        case rgba = 6

        /// The samples of a pixel.
        var channels: Int {
            switch self {
            case .gray, .palette: 1
            case .grayAlpha: 2
            case .rgb: 3
            case .rgba: 4
            }
        }
    }

    let size: ImageSize
    let colorType: ColorType
    let bitDepth: UInt8
    let isInterlaced: Bool

    /// The bits of a pixel.
    var bitsPerPixel: Int { colorType.channels * Int(bitDepth) }

    /// Reads the content of the chunk.
    ///
    /// - Throws: `RecError` with code `corruptImage` or `unsupportedImage`.
    init(_ content: PNGChunk, in bytes: Span<UInt8>) throws {
        guard content.size >= 13 else { throw RecError(.corruptImage, "the header of the PNG is too short") }
        let fields = (0..<13).map { bytes[content.start + $0] }
        func number(_ index: Int) -> Int { fields[index..<index + 4].reduce(0) { $0 << 8 | Int($1) } }
        size = ImageSize(width: number(0), height: number(4))
        bitDepth = fields[8]
        isInterlaced = fields[12] != 0
        let depths: [UInt8] =
            switch fields[9] {
            case 0: [1, 2, 4, 8, 16]
            case 3: [1, 2, 4, 8]
            case 2, 4, 6: [8, 16]
            default: []
            }
        guard let colorType = ColorType(rawValue: fields[9]), depths.contains(bitDepth), fields[11] == 0 else {
            throw RecError(
                .corruptImage,
                "the header of the PNG is damaged: there is no colour type \(fields[9]) of \(fields[8]) bits with filters "
                    + "of kind \(fields[11]); fetch the file again"
            )
        }
        guard size.width > 0, size.height > 0 else {
            throw RecError(.corruptImage, "the header of the PNG is damaged: the size is \(size)")
        }
        self.colorType = colorType
    }
}
#endif
