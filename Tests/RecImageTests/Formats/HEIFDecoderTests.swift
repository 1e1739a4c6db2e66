#if HEIF && PNG
import RecCore
import RecImage
import Testing

@Suite struct `HEIF decoder` {
    /// The files and, beside each, the reference decoder's picture as PNG: written by Scripts/goldens/heif.py.
    struct Goldens: Decodable {
        struct Decoded: Decodable, Sendable, CustomTestStringConvertible {
            let name: String
            var testDescription: String { name }
        }

        let decoded: [Decoded]
        let refused: [FormatGoldens.Refused]
    }

    private static let goldens = FormatGoldens.read("HEIF", as: Goldens.self)

    private static func bytes(_ name: String) throws -> [UInt8] { try FormatGoldens.bytes("HEIF", "\(name).heif") }

    @Test(arguments: goldens.decoded)
    func `every kind of HEIC and AVIF is within 50 decibel of the reference`(golden: Goldens.Decoded) throws {
        let reference = try PictureReader().read(FormatGoldens.bytes("HEIF", "\(golden.name).png")).image

        let picture = try PictureReader().read(Self.bytes(golden.name))

        #expect(picture.image.size == reference.size)
        #expect(picture.image.signalToNoise(against: reference) >= 50)
        #expect(!picture.isDamaged)
    }

    @Test(arguments: goldens.decoded)
    func `a part has the pixels of the whole`(golden: Goldens.Decoded) throws {
        try FormatChecks.checkParts(Self.bytes(golden.name))
    }

    @Test(arguments: goldens.refused)
    func `a damaged or dangerous file is a typed error`(golden: FormatGoldens.Refused) throws {
        try FormatChecks.checkRefusal(golden, Self.bytes(golden.name))
    }

    @Test(arguments: ["heic-420", "avif-420", "avif-orientation-6", "heic-orientation-8", "avif-alpha"])
    func `the decoder keeps what a decoder has to keep`(name: String) throws {
        try PictureDecoderConformance.check(HEIFDecoder(), files: [Self.bytes(name)])
    }

    @Test(arguments: ["heic-alpha", "heic-10-bits", "avif-gray", "avif-large"])
    func `cut and flipped bytes give a picture or a typed error`(name: String) throws {
        try FormatChecks.checkDamage(Self.bytes(name), rounds: 120)
    }

    @Test(
        arguments: [
            ("msf1", "a HEIF image sequence"), ("hevc", "a HEIC image sequence"), ("avis", "an AVIF image sequence"),
        ]
    )
    func `a sequence without a still picture is named for what it is`(brand: String, name: String) {
        let bytes =
            [0, 0, 0, 20] + Array("ftyp\(brand)\0\0\0\0\(brand)".utf8) + [0, 0, 0, 16] + Array("moov12345678".utf8)

        let error = #expect(throws: RecError.self) { try PictureReader().read(bytes) }

        #expect(error?.code == .unsupportedImage)
        #expect(error?.message.hasPrefix("this is \(name) without a still picture") == true, "\(error?.message ?? "")")
    }

    @Test func `a limit that is the picture's own number of pixels admits it, though its blocks are filled up`() throws
    {
        let picture = try PictureReader(maximumPixelCount: 33 * 47).read(Self.bytes("heic-odd"))

        #expect(picture.image.size == ImageSize(width: 33, height: 47))
    }

    @Test func `transparent pixels are laid on the background`() throws {
        let bytes = try Self.bytes("avif-alpha")
        let white = try PictureReader().read(bytes).image
        let blue = try PictureReader(background: FormatChecks.blue).read(bytes).image

        let differing = zip(white.pixels, blue.pixels).filter { $0 != $1 }.count
        // Where nothing shines through, the pixels are the same.
        #expect((100..<white.pixels.count - 100).contains(differing))
    }
}
#endif
