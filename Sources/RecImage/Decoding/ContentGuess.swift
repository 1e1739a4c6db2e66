internal import RecFiles

/// Guesses the format of bytes that no decoder recognises, for an error message.
struct ContentGuess: Equatable {
    /// Words for the content, with an article.
    let name: String

    /// The package trait that brings a decoder for the format, and that decoder's name.
    let trait: String?

    private init(_ name: String, trait: String? = nil) {
        self.name = name
        self.trait = trait
    }

    /// A signature of a kind of file, and its position.
    private struct Mark {
        let guess: ContentGuess
        let offset: Int
        let bytes: [UInt8]

        init(_ name: String, _ text: String, at offset: Int = 0, trait: String? = nil) {
            self.init(name, Array(text.utf8), at: offset, trait: trait)
        }

        init(_ name: String, _ bytes: [UInt8], at offset: Int = 0, trait: String? = nil) {
            guess = ContentGuess(name, trait: trait)
            self.offset = offset
            self.bytes = bytes
        }
    }

    private static let marks: [Mark] = [
        Mark("a PNG picture", [0x89, 0x50, 0x4E, 0x47], trait: "PNG"),
        Mark("a GIF picture", "GIF8"),
        Mark("a WebP picture", "WEBP", at: 8, trait: "WebP"),
        Mark("a video", "AVI ", at: 8),
        Mark("a sound recording", "WAVE", at: 8),
        Mark("a JPEG 2000 picture", [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20]),
        Mark("a JPEG 2000 picture", [0xFF, 0x4F, 0xFF, 0x51]),
        Mark("a JPEG XL picture", [0xFF, 0x0A]),
        Mark("a JPEG XL picture", [0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20]),
        Mark("a TIFF picture", [0x49, 0x49, 0x2A, 0x00]),
        Mark("a TIFF picture", [0x4D, 0x4D, 0x00, 0x2A]),
        Mark("a TIFF picture", [0x49, 0x49, 0x2B, 0x00]),
        Mark("a TIFF picture", [0x4D, 0x4D, 0x00, 0x2B]),
        Mark("an icon", [0x00, 0x00, 0x01, 0x00]),
        Mark("a Photoshop document", "8BPS"),
        Mark("a QOI picture", "qoif"),
        Mark("an OpenEXR picture", [0x76, 0x2F, 0x31, 0x01]),
        Mark("a video", [0x1A, 0x45, 0xDF, 0xA3]),
        Mark("a video", [0x00, 0x00, 0x01, 0xBA]),
        Mark("a video", [0x00, 0x00, 0x01, 0xB3]),
        Mark("a PDF document", "%PDF"),
        Mark("a ZIP archive", [0x50, 0x4B, 0x03, 0x04]),
        Mark("a gzip archive", [0x1F, 0x8B]),
        Mark("a Git LFS pointer (fetch the file itself with git lfs pull)", "version https://git-lfs"),
    ]

    /// Guesses from the first bytes.
    init(of bytes: borrowing Span<UInt8>) {
        self = Self.guess(bytes)
    }

    private static func guess(_ bytes: borrowing Span<UInt8>) -> ContentGuess {
        let start = bytes.extracting(first: 512).array
        for mark in marks where start.dropFirst(mark.offset).starts(with: mark.bytes) { return mark.guess }
        if let brands = MediaBrands(bytes) { return guess(brands) }
        if JPEGLS.recognizes(bytes) { return ContentGuess("a JPEG-LS picture") }
        if isBitmap(start) { return ContentGuess("a BMP picture") }
        if start.allSatisfy({ $0 == 0 }) { return ContentGuess("nothing but zero bytes") }
        return ContentGuess(textName(of: start) ?? "unknown binary data")
    }

    /// A file of boxes: a picture, a sequence of pictures or a video.
    private static func guess(_ brands: MediaBrands) -> ContentGuess {
        switch brands.content {
        case .avif: ContentGuess("an AVIF picture", trait: "HEIF")
        case .avifSequence: ContentGuess("an AVIF image sequence", trait: "HEIF")
        case .heic: ContentGuess("a HEIC picture", trait: "HEIF")
        case .heicSequence: ContentGuess("a HEIC image sequence", trait: "HEIF")
        case .heif: ContentGuess("a HEIF picture", trait: "HEIF")
        case .heifSequence: ContentGuess("a HEIF image sequence", trait: "HEIF")
        case .rawPhotograph: ContentGuess("a raw photograph")
        case .video: ContentGuess("a video")
        }
    }

    /// Whether bytes begin with `BM` and one of the headers that follow it.
    private static func isBitmap(_ start: [UInt8]) -> Bool {
        guard start.starts(with: Array("BM".utf8)), start.count >= 18 else { return false }
        return [12, 16, 40, 52, 56, 64, 108, 124].contains(start[14]) && start[15..<18].allSatisfy { $0 == 0 }
    }

    /// The kind of a text; `nil` for bytes that are no text.
    private static func textName(of start: [UInt8]) -> String? {
        guard start.allSatisfy({ $0 >= 0x20 || (0x09...0x0D).contains($0) }) else { return nil }
        // A character may be cut off at the end.
        let isUnicode = (0..<4).contains { String(validating: start.dropLast($0), as: UTF8.self) != nil }
        guard isUnicode else { return nil }
        let text = String(decoding: start, as: UTF8.self).lowercased().drop { $0.isWhitespace }
        if text.hasPrefix("<svg") || text.contains("<svg") { return "an SVG drawing" }
        if text.hasPrefix("<!doctype html") || text.contains("<html") { return "an HTML page" }
        if text.hasPrefix("<?xml") { return "an XML document" }
        return "text"
    }
}
