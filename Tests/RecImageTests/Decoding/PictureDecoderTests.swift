import RecCore
import RecImage
import Testing

/// How a host brings a format of its own, and what becomes of a decoder that does not do as it should.
@Suite struct `Picture decoders` {
    private let picture = smoothPicture(97, 64)
    private let decoders = PictureDecoders([JPEGDecoder()]).adding(PixmapDecoder())

    @Test func `a picture of a host's own format gives the vector of its pixels`() async throws {
        for decoding in ExtractionSettings.Decoding.allCases {
            let extractor = try TinyExtractor.make {
                $0.decoders = decoders
                $0.decoding = decoding
            }

            let features = try await extractor.features(of: .data(PixmapDecoder.encode(picture), name: "a.ppm"))

            #expect(try await extractor.features(of: .image(picture)) == features)
        }
    }

    @Test func `the content decides which decoder is used`() throws {
        let reader = PictureReader(decoders: decoders)

        #expect(try reader.read(PixmapDecoder.encode(picture), name: "a.jpg").image == picture)
        #expect(try reader.read(PictureGoldens.bytes(of: "gray"), name: "a.ppm").image.width > 0)
    }

    @Test func `the first decoder that recognises a picture is used`() throws {
        let turned = decoders.adding(PixmapDecoder(orientation: .turnedLeft))

        let image = try PictureReader(decoders: turned).read(PixmapDecoder.encode(picture)).image

        #expect(image.size == picture.size.transposed)
    }

    @Test(arguments: Orientation.allCases)
    func `pictures of every format are turned upright`(orientation: Orientation) throws {
        let decoders = PictureDecoders([PixmapDecoder(orientation: orientation)])
        let bytes = PixmapDecoder.encode(picture)
        let preprocessing = Preprocessing.timm(size: 24)

        let applied = PictureReader(decoders: decoders)
        let ignored = PictureReader(decoders: decoders, orientation: .ignore)

        #expect(try applied.read(bytes).image == orientation.upright(picture))
        #expect(try ignored.read(bytes).image == picture)
        #expect(
            try preprocessing.tensor(of: .data(bytes), using: applied)
                == preprocessing.tensor(of: orientation.upright(picture))
        )
    }

    @Test func `what is of no known format is an error that names the known ones`() {
        let reader = PictureReader(decoders: decoders.adding(PixmapDecoder(denominators: [2])))

        let unknown = #expect(throws: RecError.self) { try reader.read(Array("GIF89a".utf8), name: "a.gif") }
        let empty = #expect(throws: RecError.self) { try reader.read([], name: "a.gif") }

        #expect(unknown?.code == .unknownPictureFormat)
        #expect(unknown?.code.name == "not-jpeg")
        #expect(unknown?.message == "a.gif: this is a GIF picture, not a PPM or JPEG; convert it to PPM first")
        #expect(empty?.message == "a.gif: the file is empty; a PPM or JPEG picture was expected")
    }

    @Test func `a picture that is no JPEG says so when there is nothing else`() {
        let reader = PictureReader(decoders: PictureDecoders([JPEGDecoder()]))
        let error = #expect(throws: RecError.self) { try reader.read(Array("GIF89a".utf8)) }

        #expect(error?.message == "this is a GIF picture, not a JPEG; convert it to JPEG first")
    }

    @Test func `limits hold for every format`() throws {
        let bytes = PixmapDecoder.encode(picture)

        func code(_ bytes: [UInt8], _ limit: Int = .max) -> RecError.Code? {
            let reader = PictureReader(decoders: decoders, maximumPixelCount: limit)
            return #expect(throws: RecError.self) { try reader.read(bytes) }?.code
        }

        #expect(code(bytes, 97 * 64 - 1) == .imageTooLarge)
        #expect(code(Array("P6 9999999 1 255\n".utf8)) == .imageTooLarge)
        #expect(code(Array("P6 9999 9999 255\n".utf8)) == .truncatedImage)
    }

    @Test(arguments: Misbehavior.allCases)
    func `a decoder that breaks its promises is an error and no crash`(misbehavior: Misbehavior) async throws {
        let decoders = PictureDecoders([MisbehavingDecoder(misbehavior: misbehavior)])
        let source = PictureSource.data([1, 2, 3], name: "a.bad")

        let whole = #expect(throws: RecError.self) { try PictureReader(decoders: decoders).read(source) }
        let extractor = try TinyExtractor.make { $0.decoders = decoders }
        let results = try await extractor.features(of: [source, .image(picture)])

        #expect(whole?.code == misbehavior.code)
        #expect(whole?.path == "a.bad")
        #expect(whole?.message.contains(misbehavior.words) == true, "\(whole?.message ?? "")")
        #expect(throws: RecError.self) { try results[0].get() }
        #expect(throws: Never.self) { try results[1].get() }
    }

    @Test func `a decoder that ends early where damage is accepted leaves black rows`() throws {
        let decoders = PictureDecoders([PixmapDecoder()])
        let bytes = PixmapDecoder.encode(picture)

        let kept = try PictureReader(decoders: decoders, damage: .accepted).read(Array(bytes.dropLast(97 * 3 * 10)))

        #expect(kept.isDamaged)
        #expect(kept.image.pixels.prefix(97 * 3 * 54) == picture.pixels.prefix(97 * 3 * 54))
        #expect(kept.image.pixels.suffix(97 * 3 * 10).allSatisfy { $0 == 0 })
    }
}

/// What a decoder may do wrong.
enum Misbehavior: CaseIterable {
    case fewRows, manyRows, shortRows, negativeStride, overflowingStride, noSize, hugeSize, foreignError, silentDamage

    var code: RecError.Code {
        switch self {
        case .hugeSize: .imageTooLarge
        case .silentDamage: .corruptImage
        default: .decoderFault
        }
    }

    var words: String {
        switch self {
        case .fewRows: "rows that were asked for"
        case .manyRows: "more rows than the"
        case .shortRows, .negativeStride, .overflowingStride: "bytes for"
        case .noSize: "-1x30"
        case .hugeSize: "longer than"
        case .foreignError: "Bad failed: SomeError()"
        case .silentDamage: "damaged"
        }
    }
}

/// A decoder of pictures of 40 x 30 that does one thing wrong.
private struct MisbehavingDecoder: PictureDecoder {
    struct SomeError: Error {}

    let misbehavior: Misbehavior
    let formatName = "Bad"

    func recognizes(_ bytes: Span<UInt8>) -> Bool { true }

    func header(of bytes: Span<UInt8>, damage: DamageHandling) -> PictureHeader {
        switch misbehavior {
        case .noSize: PictureHeader(size: ImageSize(width: -1, height: 30))
        case .hugeSize: PictureHeader(size: ImageSize(width: .max, height: .max), denominators: [0, -1])
        default: PictureHeader(size: ImageSize(width: 40, height: 30), denominators: [0, -1])
        }
    }

    func decode(_ bytes: Span<UInt8>, plan: CropPlan, damage: DamageHandling, into rows: inout PictureRows) throws {
        let row = [UInt8](repeating: 9, count: 3 * plan.columns.count)
        switch misbehavior {
        case .shortRows: try rows.append(row.span, offset: 1, stride: row.count, count: 1)
        case .negativeStride: try rows.append(row.span, offset: 0, stride: -1, count: 2)
        case .overflowingStride: try rows.append(row.span, offset: 0, stride: .max, count: 3)
        case .foreignError: throw SomeError()
        default: break
        }
        let count = misbehavior == .fewRows ? plan.rows.count - 1 : plan.rows.count
        for _ in 0..<count { try rows.append(row.span, offset: 0, stride: 0, count: 1) }
        if misbehavior == .manyRows { try rows.append(row.span, offset: 0, stride: 0, count: 1) }
        if misbehavior == .silentDamage { rows.markDamaged() }
    }
}
