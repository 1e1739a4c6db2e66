import Foundation
import RecCore
import RecImage
import Testing

/// What the error for a file that no decoder recognises calls it.
@Suite struct `Files of unknown formats` {
    private func failure(_ bytes: [UInt8]) -> RecError? {
        let reader = PictureReader(decoders: PictureDecoders([JPEGDecoder()]))
        return #expect(throws: RecError.self) { try reader.read(bytes) }
    }

    private static func boxes(_ brands: String...) -> [UInt8] {
        [0, 0, 0, UInt8(12 + 4 * brands.count)] + Array("ftyp\(brands[0])\0\0\0\0\(brands.dropFirst().joined())".utf8)
            + [UInt8](repeating: 0, count: 40)
    }

    private static let jpegLS: [UInt8] = [0xFF, 0xD8, 0xFF, 0xF7, 0, 11, 8, 0, 9, 0, 9, 1, 1, 0x11, 0]

    @Test(
        arguments: [
            (boxes("avif", "mif1", "miaf"), "an AVIF picture"),
            (boxes("mif1", "avif"), "an AVIF picture"),
            (boxes("avis", "msf1", "avif"), "an AVIF image sequence"),
            (boxes("heic", "mif1"), "a HEIC picture"),
            (boxes("heix", "mif1"), "a HEIC picture"),
            (boxes("mif1", "heic"), "a HEIC picture"),
            (boxes("msf1", "hevc", "mif1"), "a HEIC image sequence"),
            (boxes("hevc", "heic"), "a HEIC image sequence"),
            (boxes("mif1", "jpeg"), "a HEIF picture"),
            (boxes("msf1", "iso8"), "a HEIF image sequence"),
            (boxes("msf1"), "a HEIF image sequence"),
            (boxes("hevc"), "a HEIC image sequence"),
            (boxes("avis"), "an AVIF image sequence"),
            (boxes("msf1", "mif1"), "a HEIF picture"),
            (boxes("isom", "mp42"), "a video"),
            (boxes("qt  "), "a video"),
            (boxes("crx ", "isom"), "a raw photograph"),
            (jpegLS, "a JPEG-LS picture"),
            ([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2] + jpegLS.dropFirst(2), "a JPEG-LS picture"),
            ([UInt8](repeating: 0xFF, count: 5000), "unknown binary data"),
            (Array("BMX bicycles".utf8), "text"),
            (Array("BM".utf8) + [90, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0] + [1, 0], "a BMP picture"),
            (Array("Größe: 42".utf8), "text"),
            ([0x49, 0x49, 0x2A, 0, 8, 0, 0, 0], "a TIFF picture"),
            (Array("GIF89a".utf8), "a GIF picture"),
            ([0xFF, 0x0A, 0, 0], "a JPEG XL picture"),
            ([0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20], "a JPEG XL picture"),
            ([0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20], "a JPEG 2000 picture"),
            ([0xFF, 0x4F, 0xFF, 0x51, 0, 47], "a JPEG 2000 picture"),
            ([0x1A, 0x45, 0xDF, 0xA3, 0, 0], "a video"),
            (Array("RIFF\u{1}\u{2}\u{3}\u{4}AVI LIST".utf8), "a video"),
        ] as [([UInt8], String)]
    )
    func `are named for what they are`(bytes: [UInt8], name: String) {
        let error = failure(bytes)

        #expect(error?.code == .unknownPictureFormat)
        #expect(error?.message.hasPrefix("this is \(name),") == true, "\(error?.message ?? "")")
    }

    @Test(
        arguments: [
            ("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), ("WebP", Array("RIFF\0\0\0\0WEBPVP8 ".utf8)),
            ("HEIF", boxes("avif")), ("HEIF", boxes("heic")),
        ] as [(String, [UInt8])]
    )
    func `name the package trait to enable, if the build lacks it`(trait: String, bytes: [UInt8]) {
        var isMissing = true
        #if PNG
        if trait == "PNG" { isMissing = false }
        #endif
        #if WebP
        if trait == "WebP" { isMissing = false }
        #endif
        #if HEIF
        if trait == "HEIF" { isMissing = false }
        #endif

        let message = failure(bytes)?.message ?? ""

        #expect(message.contains("enable the package trait '\(trait)' or 'AllPictures'") == isMissing, "\(message)")
        #expect(message.contains("convert"))
    }
}
