#if WebP
import RecCore
import RecImage
import Testing

@Suite struct `WebP decoder` {
    private static let goldens = FormatGoldens.read("WebP")

    private static func bytes(_ name: String) throws -> [UInt8] { try FormatGoldens.bytes("WebP", "\(name).webp") }

    @Test(arguments: goldens.decoded)
    func `every kind of WebP gives the bytes that Pillow gives`(golden: FormatGoldens.Decoded) throws {
        try FormatChecks.check(golden, Self.bytes(golden.name))
    }

    @Test(arguments: goldens.decoded)
    func `a part has the pixels of the whole`(golden: FormatGoldens.Decoded) throws {
        for damage in DamageHandling.allCases { try FormatChecks.checkParts(Self.bytes(golden.name), damage) }
    }

    @Test(arguments: goldens.refused)
    func `a damaged or dangerous file is a typed error`(golden: FormatGoldens.Refused) throws {
        try FormatChecks.checkRefusal(golden, Self.bytes(golden.name))
    }

    @Test(arguments: ["lossy", "lossy-alpha", "lossless-large", "exif-6", "lossless-palette"])
    func `the decoder keeps what a decoder has to keep`(name: String) throws {
        try PictureDecoderConformance.check(WebPDecoder(), files: [Self.bytes(name)])
    }

    @Test(arguments: ["lossy-large", "lossy-alpha", "lossless-alpha", "animated-lossy-4-channels-alpha", "xmp"])
    func `cut and flipped bytes give a picture or a typed error`(name: String) throws {
        try FormatChecks.checkDamage(Self.bytes(name), rounds: 120)
    }

    @Test(arguments: ["lossy-large", "lossless-large"])
    func `the rows before a cut are kept where damage is accepted`(name: String) throws {
        let bytes = try Self.bytes(name)
        let whole = try PictureReader().read(bytes).image
        let cut = Array(bytes.prefix(bytes.count * 2 / 3))

        let kept = try PictureReader(damage: .accepted).read(cut)

        #expect(kept.isDamaged)
        let common = zip(kept.image.pixels, whole.pixels).prefix { $0 == $1 }.count / (3 * whole.width)
        #expect((20..<120).contains(common), "\(common) rows")
    }
}
#endif
