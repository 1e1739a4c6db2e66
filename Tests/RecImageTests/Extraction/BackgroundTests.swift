import RecCore
import RecImage
import Testing

/// A decoder of pictures with alpha: `AP`, the sides as bytes, and the pixels.
private struct AlphaDecoder: PictureDecoder {
    let formatName = "Alpha"

    func recognizes(_ bytes: Span<UInt8>) -> Bool {
        bytes.count >= 4 && bytes[0] == UInt8(ascii: "A") && bytes[1] == UInt8(ascii: "P")
    }

    func header(of bytes: Span<UInt8>, damage: DamageHandling) throws -> PictureHeader {
        PictureHeader(size: ImageSize(width: Int(bytes[2]), height: Int(bytes[3])))
    }

    func decode(_ bytes: Span<UInt8>, plan: CropPlan, damage: DamageHandling, into rows: inout PictureRows) throws {
        let stride = 4 * Int(bytes[2])
        try rows.append(
            bytes,
            offset: 4 + plan.rows.lowerBound * stride + 4 * plan.columns.lowerBound,
            stride: stride,
            count: plan.rows.count,
            hasAlpha: true
        )
    }
}

@Suite struct `The background of transparent pictures` {
    private let decoders = PictureDecoders([AlphaDecoder()])

    @Test func `is laid under them with rounding`() throws {
        for round in 0..<20 {
            let pixels = noise(seed: UInt64(round), count: 4 * 30 * 20)
            let color = noise(seed: UInt64(1000 + round), count: 3)
            let background = RGBColor(red: color[0], green: color[1], blue: color[2])
            let reader = PictureReader(decoders: decoders, background: background)

            let image = try reader.read([UInt8(ascii: "A"), UInt8(ascii: "P"), 30, 20] + pixels).image

            for index in 0..<30 * 20 {
                let alpha = Double(pixels[4 * index + 3])
                for channel in 0..<3 {
                    let mixed =
                        (Double(pixels[4 * index + channel]) * alpha + Double(color[channel]) * (255 - alpha)) / 255
                    #expect(abs(Double(image.pixels[3 * index + channel]) - mixed) <= 0.5001)
                }
            }
        }
    }

    @Test func `is white unless the settings say another`() throws {
        let reader = PictureReader(decoders: decoders)

        let image = try reader.read([UInt8(ascii: "A"), UInt8(ascii: "P"), 2, 1, 9, 9, 9, 0, 7, 8, 9, 255]).image

        #expect(image.pixels == [255, 255, 255, 7, 8, 9])
    }

    @Test func `is in the recipe unless it is white`() throws {
        let white = try TinyExtractor.make().recipe
        let blue = try TinyExtractor.make { $0.background = RGBColor(red: 0x20, green: 0x40, blue: 0x80) }.recipe

        #expect(white["background"] == nil)
        #expect(blue["background"] == "#204080")
        #expect(blue.differences(from: white) == ["background: #204080 is not none"])
        #expect(try ExtractionSettings(recipe: white).background == RGBColor(red: 255, green: 255, blue: 255))
        #expect(try ExtractionSettings(recipe: blue).background == RGBColor(red: 0x20, green: 0x40, blue: 0x80))
    }

    @Test(arguments: ["", "#", "white", "#12345", "#1234567", "#gggggg", "204080"])
    func `is refused when a recipe has no colour`(text: String) {
        let error = #expect(throws: RecError.self) { try ExtractionSettings(recipe: ["background": text]) }

        #expect(error?.code == .invalidSetting)
    }

    @Test func `rows with alpha that reach beyond the buffer are an error`() {
        let reader = PictureReader(decoders: decoders)

        let error = #expect(throws: RecError.self) {
            try reader.read([UInt8(ascii: "A"), UInt8(ascii: "P"), 2, 2] + [UInt8](repeating: 0, count: 12))
        }

        #expect(error?.code == .decoderFault)
    }
}
