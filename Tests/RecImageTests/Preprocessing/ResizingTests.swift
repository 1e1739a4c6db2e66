import RecImage
import Testing

@Suite struct Resizing {
    @Test func `240 random sizes and filters give the bytes that Pillow gives`() {
        for (index, golden) in PictureGoldens.all.resizes.enumerated() {
            let picture = noisePicture(seed: UInt64(index), golden.source.width, golden.source.height)

            let resized = picture.resized(to: golden.target, using: golden.filter)

            #expect(resized.size == golden.target)
            #expect(resized.checksum == golden.crc, "\(golden.testDescription)")
        }
    }

    @Test(arguments: Resampling.allCases)
    func `the same size gives the same picture`(filter: Resampling) {
        let picture = noisePicture(seed: 1, 17, 9)

        #expect(picture.resized(to: picture.size, using: filter) == picture)
    }

    @Test(arguments: Resampling.allCases)
    func `a flat colour stays`(filter: Resampling) {
        let flat = RGBImage(width: 40, height: 30, pixels: (0..<1200).flatMap { _ in [7, 130, 255] as [UInt8] })

        let resized = flat.resized(to: ImageSize(width: 13, height: 71), using: filter)

        #expect(resized.pixels == (0..<13 * 71).flatMap { _ in [7, 130, 255] as [UInt8] })
    }
}
