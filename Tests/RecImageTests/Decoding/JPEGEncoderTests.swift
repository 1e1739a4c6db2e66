import RecCore
import RecImage
import Testing

@Suite struct `JPEG encoder` {
    @Test func `a picture survives with small differences`() throws {
        let picture = smoothPicture(121, 67)

        let decoded = try PictureReader().read(try JPEGEncoder(quality: 95).encode(picture))

        #expect(decoded.image.size == picture.size)
        #expect(decoded.image.signalToNoise(against: picture) > 30)
    }

    @Test func `lower quality takes fewer bytes`() throws {
        let picture = noisePicture(seed: 3, 64, 64)

        #expect(try JPEGEncoder(quality: 20).encode(picture).count < JPEGEncoder(quality: 90).encode(picture).count / 2)
    }

    @Test func `a side over the limit of the format is an error`() {
        let strip = RGBImage(width: 65_501, height: 1, pixels: [UInt8](repeating: 0, count: 65_501 * 3))

        let error = #expect(throws: RecError.self) { try JPEGEncoder().encode(strip) }
        #expect(error?.code == .imageTooLarge)
    }

    @Test func `a thumbnail keeps proportions and never grows`() {
        let picture = smoothPicture(300, 100)

        #expect(picture.thumbnail(longSide: 60).size == ImageSize(width: 60, height: 20))
        #expect(picture.thumbnail(longSide: 400) == picture)
        #expect(smoothPicture(500, 1).thumbnail(longSide: 10).size == ImageSize(width: 10, height: 1))
    }
}
