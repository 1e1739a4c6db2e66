import RecFiles
import RecImage
import Testing

@Suite struct `Preprocessing presets` {
    private static let presets: [String: Preprocessing] = [
        "torchvisionV1": .torchvisionV1, "torchvisionV2": .torchvisionV2, "kerasCaffe": .kerasCaffe,
        "efficientNetLite0": .efficientNetLite0, "timm224": .timm(size: 224, cropFraction: 0.95),
        "timm288": .timm(size: 288, cropFraction: 1),
    ]

    @Test(arguments: PictureGoldens.all.presets)
    func `a preset gives the bits that its library gives`(golden: PictureGoldens.Preset) throws {
        let preprocessing = try #require(Self.presets[golden.preset])
        let picture = noisePicture(seed: golden.seed, golden.width, golden.height)

        let tensor = preprocessing.tensor(of: picture)

        #expect(tensor.count == 3 * preprocessing.outputSize.width * preprocessing.outputSize.height)
        let samples = stride(from: 0, to: tensor.count, by: tensor.count / 5).map { tensor[$0] }
        #expect(samples == golden.samples)
        let checksum = unsafe CRC32C.of(tensor.span.bytes)
        #expect(checksum == golden.crc)
    }

    @Test(arguments: Resampling.allCases, [(97, 31), (31, 97), (40, 40)])
    func `computing only the crop gives the bytes of the whole`(filter: Resampling, sides: (Int, Int)) {
        let picture = noisePicture(seed: 9, sides.0, sides.1)
        let size = ImageSize(width: 16, height: 12)
        let crop = Preprocessing(resize: .shortSide(25), filter: filter, outputSize: size)
        let short = min(sides.0, sides.1)
        let whole = ImageSize(width: sides.0 * 25 / short, height: sides.1 * 25 / short)
        let left = Int((Double(whole.width - size.width) / 2).rounded(.toNearestOrEven))
        let top = Int((Double(whole.height - size.height) / 2).rounded(.toNearestOrEven))

        let cropped = crop.pixels(of: DecodedImage(picture))
        let resized = picture.resized(to: whole, using: filter)

        var expected: [UInt8] = []
        for row in top..<top + size.height {
            let start = row * whole.width + left
            expected += resized.pixels[3 * start..<3 * (start + size.width)]
        }
        #expect(cropped.pixels == expected)
    }

    @Test func `a picture smaller than the crop is centred on black`() {
        let white = RGBImage(width: 2, height: 1, pixels: [UInt8](repeating: 255, count: 6))
        let crop = Preprocessing(resize: .none, filter: .bilinear, outputSize: ImageSize(width: 5, height: 3))

        let padded = crop.pixels(of: DecodedImage(white))

        let columns = padded.pixels.enumerated().filter { $0.element == 255 }.map { $0.offset / 3 }
        #expect(columns == [6, 6, 6, 7, 7, 7])
    }

    @Test(arguments: [(1, 65_500), (65_500, 1)])
    func `an extreme aspect ratio takes no more memory than the crop`(width: Int, height: Int) {
        // Resized as a whole this would be 256 x 16,768,000 pixels.
        let line = RGBImage(width: width, height: height, pixels: [UInt8](repeating: 90, count: 65_500 * 3))

        let pixels = Preprocessing.torchvisionV1.pixels(of: DecodedImage(line))

        #expect(pixels.pixels.allSatisfy { $0 == 90 })
    }

    @Test func `the description changes with every setting`() {
        let size = ImageSize(width: 224, height: 224)
        let variants =
            Array(Self.presets.values) + [
                Preprocessing(resize: .none, filter: .bilinear, outputSize: size),
                Preprocessing(resize: .shortSide(224), filter: .bilinear, outputSize: size),
                Preprocessing(resize: .shortSide(224), filter: .bicubic, outputSize: size),
                Preprocessing(resize: .shortSide(224), filter: .bicubic, outputSize: size, normalization: .inception),
                Preprocessing(
                    resize: .shortSide(224),
                    filter: .bicubic,
                    outputSize: size,
                    normalization: PixelNormalization(order: .bgr, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5])
                ),
            ]

        #expect(Set(variants.map(\.description)).count == variants.count)
        #expect(
            Preprocessing.torchvisionV1.description
                == "short-side-256-bilinear crop-224x224 rgb/255.0-[0.485,0.456,0.406]/[0.229,0.224,0.225]"
        )
    }
}
