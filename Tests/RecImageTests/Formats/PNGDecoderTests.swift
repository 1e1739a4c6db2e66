#if PNG
import RecCore
import RecImage
import Testing

@Suite struct `PNG decoder` {
    private static let goldens = FormatGoldens.read("PNG")

    private static func bytes(_ name: String) throws -> [UInt8] { try FormatGoldens.bytes("PNG", "\(name).png") }

    @Test(arguments: goldens.decoded)
    func `every kind of PNG gives the bytes that Pillow gives`(golden: FormatGoldens.Decoded) throws {
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

    @Test(arguments: ["color-2-depth-8", "color-6-depth-16-interlaced", "color-3-depth-4", "exif-6"])
    func `the decoder keeps what a decoder has to keep`(name: String) throws {
        try PictureDecoderConformance.check(PNGDecoder(), files: [Self.bytes(name)])
    }

    @Test(arguments: ["color-3-depth-8-interlaced", "transparent-rgb-16", "profile-zTXt", "xmp", "many-pieces"])
    func `cut and flipped bytes give a picture or a typed error`(name: String) throws {
        try FormatChecks.checkDamage(Self.bytes(name), rounds: 120)
    }

    @Test func `the rows before the damage are kept where damage is accepted`() throws {
        let whole = try PictureReader().read(Self.bytes("tall")).image
        let bytes = try Self.bytes("tall")
        let cut = Array(bytes.prefix(bytes.count / 2))

        let kept = try PictureReader(damage: .accepted).read(cut)

        #expect(kept.isDamaged)
        let common = zip(kept.image.pixels, whole.pixels).prefix { $0 == $1 }.count / (3 * whole.width)
        #expect((100..<200).contains(common))
        #expect(kept.image.pixels.dropFirst(3 * whole.width * common).allSatisfy { $0 == 0 })
    }

    @Test(arguments: ["header-checksum", "chunk-checksum", "bomb-in-text"])
    func `damage around the pixels is noted where damage is accepted`(name: String) throws {
        let bytes = try Self.bytes("bad-\(name)")

        if name == "header-checksum" {
            #expect(try PictureReader(damage: .accepted).read(bytes).isDamaged)
        } else {
            let picture = try PictureReader(damage: .accepted).read(bytes)
            #expect(picture.isDamaged)
            #expect(picture.image == (try PictureReader().read(Self.bytes("unknown-chunks")).image))
        }
    }

    @Test func `more pixels than allowed are refused`() throws {
        let bytes = try Self.bytes("color-2-depth-8")

        let error = #expect(throws: RecError.self) { try PictureReader(maximumPixelCount: 37 * 29 - 1).read(bytes) }

        #expect(error?.code == .imageTooLarge)
    }

    @Test func `a picture in memory and one in a file give the same vector`() async throws {
        let extractor = try TinyExtractor.make()
        let path = FormatGoldens.path("PNG", "transparent-palette.png")
        let image = try PictureReader().read(.file(path)).image

        let features = try await extractor.features(of: [.file(path), .image(image)])

        #expect(try features[0].get() == features[1].get())
    }
}
#endif
