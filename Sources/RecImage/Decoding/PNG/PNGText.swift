#if PNG
internal import RecCore
internal import RecFiles

/// The text chunks of a PNG file, of which only the orientation is kept.
///
/// Decompressed text is bounded as in Pillow: 1 MiB for a chunk, 64 MiB for a file.
struct PNGText {
    private static let longestChunk = 1 << 20
    private static let longestText = 64 << 20

    private var exif: [UInt8]?
    /// EXIF in hexadecimal digits, as ImageMagick writes it.
    private var rawProfile: [UInt8]?
    private var xmp: [UInt8]?
    private var total = 0

    /// The orientation of the picture.
    var orientation: Orientation {
        OrientationRecords(exif: exif ?? rawProfile.flatMap(Self.bytes(ofProfile:)), xmp: xmp).orientation
    }

    /// Reads a chunk, if it is one of text, EXIF or a colour profile.
    ///
    /// - Throws: `RecError` with code `imageTooLarge` for text over the bounds, and `corruptImage` for an unknown
    ///   compression.
    mutating func read(_ chunk: PNGChunk, in bytes: Span<UInt8>) throws {
        let content = bytes.extracting(chunk.content(in: bytes))
        switch chunk.name {
        case "eXIf": exif = content.array
        case "tEXt":
            let (keyword, start) = Self.split(content)
            if !keyword.isEmpty { try keep(content.extracting(start...).array, keyword: keyword) }
        case "zTXt":
            let (keyword, start) = Self.split(content)
            guard start < content.count else { return }
            try Self.check(method: content[start], chunk.name)
            let text = try inflate(content.extracting((start + 1)...)) ?? []
            if !keyword.isEmpty { try keep(text, keyword: keyword) }
        case "iCCP":
            guard !content.isEmpty else { throw RecError(.corruptImage, "the PNG's chunk iCCP is empty") }
            let (name, rest) = Self.split(content)
            let start = name.count < content.count ? rest : 0
            guard start < content.count else { throw RecError(.corruptImage, "the PNG's chunk iCCP is too short") }
            try Self.check(method: content[start], chunk.name)
            _ = try inflate(content.extracting((start + 1)...))
        case "iTXt": try readInternational(content)
        default: break
        }
    }

    /// Reads text with a language and a translated keyword.
    private mutating func readInternational(_ content: Span<UInt8>) throws {
        let (keyword, flags) = Self.split(content)
        guard content.count - flags >= 2 else { return }
        let isCompressed = content[flags] != 0
        let method = content[flags + 1]
        let afterFlags = content.extracting((flags + 2)...)
        let (language, translation) = Self.split(afterFlags)
        guard language.count < afterFlags.count else { return }
        let afterLanguage = afterFlags.extracting(translation...)
        let (translated, rest) = Self.split(afterLanguage)
        guard translated.count < afterLanguage.count else { return }
        let value = afterLanguage.extracting(rest...)
        guard !isCompressed || method == 0 else { return }
        if let text = isCompressed ? try inflate(value) : value.array { try keep(text, keyword: keyword) }
    }

    /// Keeps the text of the keywords that can hold an orientation.
    private mutating func keep(_ text: [UInt8], keyword: [UInt8]) throws {
        switch String(decoding: keyword, as: UTF8.self) {
        case "exif": exif = text
        case "Raw profile type exif": rawProfile = text
        case "XML:com.adobe.xmp": xmp = text
        default: break
        }
        total += text.count
        guard total <= Self.longestText else {
            throw RecError(.imageTooLarge, "the text in the PNG is longer than \(Self.longestText) bytes")
        }
    }

    private static func check(method: UInt8, _ name: String) throws {
        guard method == 0 else {
            throw RecError(.corruptImage, "the PNG's chunk \(name) is compressed by an unknown method")
        }
    }

    /// Decompresses text; `nil` when it is damaged.
    private func inflate(_ compressed: Span<UInt8>) throws -> [UInt8]? {
        switch Zlib.inflate(compressed, limit: Self.longestChunk) {
        case .bytes(let text): return text
        case .damaged: return nil
        case .tooLong:
            throw RecError(
                .imageTooLarge,
                "text in the PNG decompresses to more than \(Self.longestChunk) bytes, as in a decompression bomb"
            )
        }
    }

    /// The bytes before the first zero, and the position behind it; the number of bytes when there is none.
    private static func split(_ bytes: Span<UInt8>) -> ([UInt8], rest: Int) {
        let end = bytes.indices.first { bytes[$0] == 0 } ?? bytes.count
        return (bytes.extracting(..<end).array, min(end + 1, bytes.count))
    }

    /// The bytes of a profile in hexadecimal digits, which follow three lines.
    private static func bytes(ofProfile text: [UInt8]) -> [UInt8]? {
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let digits = lines.dropFirst(3).joined().filter { !(0x09...0x0D).contains($0) && $0 != 0x20 }
        let values = digits.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard values.count.isMultiple(of: 2), !values.contains(nil) else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { UInt8((values[$0] ?? 0) << 4 | (values[$0 + 1] ?? 0)) }
    }
}
#endif
