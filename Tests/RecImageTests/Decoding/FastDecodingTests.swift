import RecImage
import Testing

@Suite struct `Fast decoding` {
    @Test(arguments: [(640, 480), (479, 641), (1000, 300)])
    func `the resized picture stays within 40 decibel of the exact one`(width: Int, height: Int) throws {
        let bytes = try JPEGEncoder(quality: 90).encode(smoothPicture(width, height))
        let preprocessing = Preprocessing(
            resize: .shortSide(64),
            filter: .bilinear,
            outputSize: ImageSize(width: 56, height: 56)
        )

        let exact = try PictureReader().read(bytes)
        let fast = try PictureReader().read(bytes, scale: preprocessing.fastScale)

        #expect(fast.image.width < exact.image.width)
        #expect(fast.fullSize == exact.fullSize)
        #expect(preprocessing.pixels(of: fast).signalToNoise(against: preprocessing.pixels(of: exact)) > 40)
    }

    @Test(arguments: [(50, 1), (25, 1), (24, 2), (13, 2), (12, 4), (7, 4), (6, 8), (1, 8)])
    func `the short side stays at least twice the target`(target: Int, denominator: Int) throws {
        let bytes = try JPEGEncoder().encode(smoothPicture(130, 98))

        let picture = try PictureReader().read(bytes, scale: .reduced(shortSide: target))

        #expect(picture.image.height == (98 + denominator - 1) / denominator)
        #expect(picture.fullSize == ImageSize(width: 130, height: 98))
    }

    @Test(arguments: 1...8)
    func `scaling and turning leave the picture where it was`(orientation: Int) throws {
        let plain = try JPEGEncoder(quality: 95).encode(smoothPicture(211, 157))
        let exif: [UInt8] =
            Array("Exif\0\0MM\0*\0\0\0\u{8}\0\u{1}".utf8) + [1, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(orientation)]
            + [0, 0, 0, 0, 0, 0]
        let bytes = plain.prefix(2) + [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + plain.dropFirst(2)
        let preprocessing = Preprocessing(
            resize: .shortSide(37),
            filter: .bicubic,
            outputSize: ImageSize(width: 37, height: 45)
        )

        let exact = try PictureReader().read(Array(bytes))
        let fast = try PictureReader().read(Array(bytes), scale: preprocessing.fastScale)

        #expect(exact.image.width == (orientation < 5 ? 211 : 157))
        #expect(fast.fullSize == exact.fullSize)
        #expect(preprocessing.pixels(of: fast).signalToNoise(against: preprocessing.pixels(of: exact)) > 35)
    }

    @Test func `presets say when scaling would cost too much`() {
        #expect(Preprocessing.torchvisionV1.fastScale == .reduced(shortSide: 256))
        #expect(Preprocessing.kerasCaffe.fastScale == .full)
    }
}
