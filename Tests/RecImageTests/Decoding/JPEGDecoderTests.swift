import RecCore
import RecImage
import Testing

@Suite struct `JPEG decoder` {
    @Test(arguments: PictureGoldens.all.decoded)
    func `every kind of JPEG gives the bytes that Pillow gives`(golden: PictureGoldens.Decoded) throws {
        let path = PictureGoldens.path(of: "\(golden.name).jpg")

        let upright = try PictureReader().read(.file(path))
        let stored = try PictureReader(orientation: .ignore).read(.file(path))

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

        #expect(try PictureReader().read(bytes).image.checksum == golden.upright)
    }

    @Test(arguments: PictureGoldens.all.cuts)
    func `a cut file is refused where Pillow refuses it, and what is left is what Pillow keeps`(
        golden: PictureGoldens.Cut
    ) throws {
        let cut = Array(try PictureGoldens.bytes(of: golden.name).prefix(golden.count))

        let strict = Result { try PictureReader().read(cut) }
        let kept = try PictureReader(damage: .accepted).read(cut)

        #expect((try? strict.get())?.image.checksum == golden.strict)
        if case .failure(let error) = strict { #expect((error as? RecError)?.code == .truncatedImage) }
        #expect(kept.image.checksum == golden.lenient)
        #expect(kept.isDamaged)
    }

    @Test func `bytes and file give the same picture`() throws {
        let name = "progressive-420"

        let fromBytes = try PictureReader().read(try PictureGoldens.bytes(of: name))
        let fromFile = try PictureReader().read(.file(PictureGoldens.path(of: "\(name).jpg")))

        #expect(fromBytes == fromFile)
    }

    @Test func `a reader that accepts damage says when there is none`() throws {
        let picture = try PictureReader(damage: .accepted).read(try PictureGoldens.bytes(of: "baseline-420"))

        #expect(!picture.isDamaged)
    }
}
