import RecImage
import Testing

@Suite struct `JPEG decoder` {
    @Test(arguments: PictureGoldens.all.decoded)
    func `every kind of JPEG gives the bytes that Pillow gives`(golden: PictureGoldens.Decoded) throws {
        let path = PictureGoldens.path(of: "\(golden.name).jpg")

        let upright = try JPEGDecoder().decode(contentsOf: path)
        let stored = try JPEGDecoder(orientation: .ignore).decode(contentsOf: path)

        #expect(upright.image.size == ImageSize(width: golden.width, height: golden.height))
        #expect(upright.fullSize == upright.image.size)
        #expect(upright.image.checksum == golden.upright)
        #expect(stored.image.checksum == golden.stored)
        #expect(!upright.isDamaged)
        let resized = upright.image.resized(to: ImageSize(width: 29, height: 31), using: .bicubic)
        #expect(resized.checksum == golden.resized)
    }

    @Test(arguments: PictureGoldens.all.oriented)
    func `an odd orientation entry is read as Pillow reads it and never fails`(
        golden: PictureGoldens.Oriented
    ) throws {
        let bytes = try PictureGoldens.bytes(of: "metadata-\(golden.name)")

        #expect(try JPEGDecoder().decode(bytes).image.checksum == golden.upright)
    }

    @Test(arguments: PictureGoldens.all.cuts)
    func `a cut file is refused where Pillow refuses it, and a lenient decoder keeps what Pillow keeps`(
        golden: PictureGoldens.Cut
    ) throws {
        let cut = Array(try PictureGoldens.bytes(of: golden.name).prefix(golden.count))

        let strict = Result { try JPEGDecoder().decode(cut) }
        let lenient = try JPEGDecoder(isLenient: true).decode(cut)

        #expect((try? strict.get())?.image.checksum == golden.strict)
        if case .failure(let error) = strict { #expect((error as? RecImageError)?.code == .truncatedImage) }
        #expect(lenient.image.checksum == golden.lenient)
        #expect(lenient.isDamaged)
    }

    @Test func `bytes and file give the same picture`() throws {
        let name = "progressive-420"

        let fromBytes = try JPEGDecoder().decode(try PictureGoldens.bytes(of: name))
        let fromFile = try JPEGDecoder().decode(contentsOf: PictureGoldens.path(of: "\(name).jpg"))

        #expect(fromBytes == fromFile)
    }

    @Test func `a lenient decoder says when a picture is whole`() throws {
        let picture = try JPEGDecoder(isLenient: true).decode(try PictureGoldens.bytes(of: "baseline-420"))

        #expect(!picture.isDamaged)
    }

    @Test func `the description changes with everything that changes pixels`() {
        let decoders = [
            JPEGDecoder(), JPEGDecoder(mode: .fast(targetShortSide: 256)),
            JPEGDecoder(mode: .fast(targetShortSide: 232)),
            JPEGDecoder(orientation: .ignore),
        ]

        #expect(Set(decoders.map(\.description)).count == decoders.count)
    }
}
