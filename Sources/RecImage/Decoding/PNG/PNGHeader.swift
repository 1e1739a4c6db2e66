#if PNG
internal import RecCore

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
    init(_ chunk: PNGChunk, in bytes: Span<UInt8>) throws {
        guard chunk.size >= 13 else {
            throw RecError(.corruptImage, "the header of the PNG is too short; fetch the file again")
        }
        size = ImageSize(width: bytes.uint32(at: chunk.start), height: bytes.uint32(at: chunk.start + 4))
        bitDepth = bytes[chunk.start + 8]
        let (type, filters) = (bytes[chunk.start + 9], bytes[chunk.start + 11])
        isInterlaced = bytes[chunk.start + 12] != 0
        let depths: [UInt8] =
            switch type {
            case 0: [1, 2, 4, 8, 16]
            case 3: [1, 2, 4, 8]
            case 2, 4, 6: [8, 16]
            default: []
            }
        guard let colorType = ColorType(rawValue: type), depths.contains(bitDepth), filters == 0 else {
            throw RecError(
                .corruptImage,
                "the header of the PNG is damaged: there is no colour type \(type) of \(bitDepth) bits with filters "
                    + "of kind \(filters); fetch the file again"
            )
        }
        guard size.width > 0, size.height > 0 else {
            throw RecError(.corruptImage, "the header of the PNG is damaged: the size is \(size); fetch the file again")
        }
        self.colorType = colorType
    }
}
#endif
