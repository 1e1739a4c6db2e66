import Foundation
import RecCore
import RecImage
import Testing

@Suite struct `JPEG errors` {
    /// The code and message of what decoding throws.
    private func failure(
        _ bytes: [UInt8],
        _ reader: PictureReader = PictureReader(decoders: PictureDecoders([JPEGDecoder()]))
    ) -> RecError? {
        #expect(throws: RecError.self) { try reader.read(bytes, name: "shoe.jpg") }
    }

    private func reader(maximumScanCount: Int) -> PictureReader {
        PictureReader(decoders: PictureDecoders([JPEGDecoder(maximumScanCount: maximumScanCount)]))
    }

    @Test(
        arguments: [
            ([], RecError.Code.emptyFile, "empty"),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], .unknownPictureFormat, "PNG"),
            (Array("RIFF\u{1}\u{2}\u{3}\u{4}WEBPVP8 ".utf8), .unknownPictureFormat, "WebP"),
            (Array("GIF89a".utf8), .unknownPictureFormat, "GIF"),
            (Array("\n<!DOCTYPE html><html>".utf8), .unknownPictureFormat, "HTML"),
            (Array("version https://git-lfs.github.com/spec/v1\n".utf8), .unknownPictureFormat, "git lfs pull"),
            ([UInt8](repeating: 0, count: 64), .unknownPictureFormat, "zero bytes"),
            (Array("404: not found".utf8), .unknownPictureFormat, "text"),
            ([0xFF, 0xD8, 0x00, 0x10], .unknownPictureFormat, "unknown binary data"),
            ([0xFF, 0xD8], .truncatedImage, "2 bytes"),
            ([0xFF, 0xD8, 0xFF], .truncatedImage, "header"),
            ([0xFF, 0xD8, 0xFF, 0xD9], .truncatedImage, "header"),
        ] as [([UInt8], RecError.Code, String)]
    )
    func `what is no JPEG is named`(bytes: [UInt8], code: RecError.Code, words: String) {
        let error = failure(bytes)

        #expect(error?.code == code)
        #expect(error?.message.contains(words) == true)
        #expect(error?.message.hasPrefix("shoe.jpg: ") == true)
        #expect(error?.path == "shoe.jpg")
    }

    @Test(arguments: [
        ("twelve-bits", RecError.Code.unsupportedImage), ("huge", .imageTooLarge),
        ("large-header", .truncatedImage),
    ])
    func `a header that cannot be is refused before memory is taken`(name: String, code: RecError.Code) throws {
        #expect(failure(try PictureGoldens.bytes(of: name))?.code == code)
    }

    @Test func `lossless coding is refused unless the library has it`() throws {
        let bytes = try PictureGoldens.bytes(of: "lossless")

        do {
            // libjpeg-turbo 3 has it; this file is relabelled baseline and may well decode to noise there.
            #expect(try PictureReader().read(bytes).image.size == ImageSize(width: 61, height: 43))
        } catch let error as RecError {
            #expect([.unsupportedImage, .corruptImage, .truncatedImage].contains(error.code))
        }
    }

    @Test func `a missing file is told from an unreadable one`() {
        let missing = #expect(throws: RecError.self) {
            try PictureReader().read(.file(PictureGoldens.path(of: "no-such.jpg")))
        }
        let folder = #expect(throws: RecError.self) {
            try PictureReader().read(.file(PictureGoldens.path(of: "")))
        }

        #expect(missing?.code == .fileNotFound)
        #expect(folder?.code == .unreadableFile)
    }

    @Test func `more pixels than allowed are refused`() throws {
        let bytes = try PictureGoldens.bytes(of: "baseline-420")

        #expect(failure(bytes, PictureReader(maximumPixelCount: 160 * 96 - 1))?.code == .imageTooLarge)
        #expect(try PictureReader(maximumPixelCount: 160 * 96).read(bytes).image.width == 160)
    }

    @Test func `more scans than allowed are refused`() throws {
        let bytes = try PictureGoldens.bytes(of: "progressive-420")

        #expect(failure(bytes, reader(maximumScanCount: 3))?.code == .imageTooLarge)
        #expect(throws: Never.self) { try reader(maximumScanCount: 10).read(bytes) }
    }

    @Test func `damage inside the data is an error, and is patched where damage is accepted`() throws {
        var bytes = try PictureGoldens.bytes(of: "baseline-420")
        let middle = bytes.count / 2
        // A restart marker where there is none ends the data of the scan.
        bytes.replaceSubrange(middle..<middle + 2, with: [0xFF, 0xD3])

        let error = failure(bytes)
        let patched = try PictureReader(damage: .accepted).read(bytes)

        #expect(error?.code == .corruptImage)
        #expect(patched.isDamaged)
        #expect(patched.image.size == ImageSize(width: 160, height: 96))
    }

    @Test func `the rows before an error are kept where damage is accepted`() throws {
        var bytes = try PictureGoldens.bytes(of: "baseline-420")
        // A second frame header in the middle is fatal to the library.
        bytes.replaceSubrange(bytes.count / 2..<bytes.count / 2 + 4, with: [0xFF, 0xC0, 0, 8])
        let whole = try PictureReader().read(try PictureGoldens.bytes(of: "baseline-420"))

        let kept = try PictureReader(damage: .accepted).read(bytes)

        #expect(failure(bytes) != nil)
        #expect(kept.isDamaged)
        #expect(kept.image.pixels.prefix(160 * 16 * 3) == whole.image.pixels.prefix(160 * 16 * 3))
    }

    @Test func `an early end marker counts as truncation`() throws {
        let bytes = try PictureGoldens.bytes(of: "baseline-420")

        #expect(failure(bytes.prefix(bytes.count / 2) + [0xFF, 0xD9])?.code == .truncatedImage)
    }

    @Test(arguments: ["baseline-420", "progressive-444", "ycck-420", "restart-blocks", "metadata-rational", "rgb"])
    func `cut and flipped bytes give a picture or a typed error`(name: String) throws {
        let original = try PictureGoldens.bytes(of: name)
        let size = try PictureReader().read(original).image.size
        for round in 0..<150 {
            let dice = noise(seed: UInt64(round), count: 12).map(Int.init)
            var bytes = original
            for change in 0...dice[0] % 4 {
                let place = (dice[1 + 2 * change] << 8 | dice[2 + 2 * change]) % bytes.count
                bytes[place] = UInt8(dice[9 + change % 3])
            }
            if dice[0] > 200 { bytes.removeLast(bytes.count * dice[11] / 256) }
            let reader = PictureReader(
                damage: round.isMultiple(of: 2) ? .accepted : .refused,
                maximumPixelCount: 1 << 20
            )
            do {
                let picture = try reader.read(bytes)
                #expect(picture.image.pixels.count == picture.image.width * picture.image.height * 3)
            } catch {
                #expect(error is RecError)
            }
        }
        #expect(try PictureReader().read(original).image.size == size)
    }
}
