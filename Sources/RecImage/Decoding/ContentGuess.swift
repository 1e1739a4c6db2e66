/// Guesses the format of bytes that no decoder recognises, for an error message.
enum ContentGuess {
    /// A signature of a kind of file, and its position.
    private struct Mark {
        let name: String
        let offset: Int
        let bytes: [UInt8]

        init(_ name: String, _ text: String, at offset: Int = 0) {
            self.init(name, Array(text.utf8), at: offset)
        }

        init(_ name: String, _ bytes: [UInt8], at offset: Int = 0) {
            self.name = name
            self.offset = offset
            self.bytes = bytes
        }
    }

    private static let marks: [Mark] = [
        Mark("a PNG picture", [0x89, 0x50, 0x4E, 0x47]),
        Mark("a GIF picture", "GIF8"),
        Mark("a WebP picture", "WEBP", at: 8),
        Mark("an AVIF picture", "ftypavif", at: 4),
        Mark("a HEIC picture", "ftyphei", at: 4),
        Mark("a HEIC picture", "ftypmif1", at: 4),
        Mark("a video", "ftyp", at: 4),
        Mark("a JPEG 2000 picture", [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20]),
        Mark("a JPEG XL picture", [0xFF, 0x0A]),
        Mark("a JPEG XL picture", [0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20]),
        Mark("a TIFF picture", [0x49, 0x49, 0x2A, 0x00]),
        Mark("a TIFF picture", [0x4D, 0x4D, 0x00, 0x2A]),
        Mark("a Photoshop document", "8BPS"),
        Mark("a BMP picture", "BM"),
        Mark("a PDF document", "%PDF"),
        Mark("a ZIP archive", [0x50, 0x4B, 0x03, 0x04]),
        Mark("a gzip archive", [0x1F, 0x8B]),
        Mark("a Git LFS pointer (fetch the file itself with git lfs pull)", "version https://git-lfs"),
    ]

    /// Words for the content, with an article.
    static func name(of bytes: borrowing Span<UInt8>) -> String {
        let start = (0..<min(bytes.count, 512)).map { bytes[$0] }
        for mark in marks where start.dropFirst(mark.offset).starts(with: mark.bytes) { return mark.name }
        if start.allSatisfy({ $0 == 0 }) { return "nothing but zero bytes" }
        guard start.allSatisfy({ $0 >= 0x20 || (0x09...0x0D).contains($0) }) else { return "unknown binary data" }
        let text = String(decoding: start, as: UTF8.self).lowercased().drop { $0.isWhitespace }
        if text.hasPrefix("<svg") || text.contains("<svg") { return "an SVG drawing" }
        if text.hasPrefix("<!doctype html") || text.contains("<html") { return "an HTML page" }
        if text.hasPrefix("<?xml") { return "an XML document" }
        return "text"
    }
}
