import RecImage
import Testing

@Suite struct `Picture decoder conformance` {
    @Test(arguments: ["baseline-420", "progressive-420", "exif-6", "cmyk", "gray"])
    func `the JPEG decoder keeps what a decoder has to keep`(name: String) throws {
        try PictureDecoderConformance.check(JPEGDecoder(), files: [PictureGoldens.bytes(of: name)])
    }

    @Test(arguments: [Orientation.upright, .transversed])
    func `a decoder from outside keeps what a decoder has to keep`(orientation: Orientation) throws {
        let decoder = PixmapDecoder(orientation: orientation, denominators: [2, 3])

        try PictureDecoderConformance.check(decoder, files: [PixmapDecoder.encode(smoothPicture(61, 47))])
    }

    @Test(arguments: BrokenPixmapDecoder.Fault.allCases)
    func `a broken decoder is found`(fault: BrokenPixmapDecoder.Fault) {
        withKnownIssue {
            let broken = BrokenPixmapDecoder(fault: fault)
            try PictureDecoderConformance.check(broken, files: [PixmapDecoder.encode(smoothPicture(61, 47))])
        }
    }
}

/// A decoder of pixmaps that breaks one promise.
struct BrokenPixmapDecoder: PictureDecoder {
    enum Fault: CaseIterable {
        /// Recognises everything.
        case greedy
        /// Recognises nothing but whole files.
        case picky
        /// Gives other pixels in a part than in the whole.
        case shifted
        /// Gives fewer rows than asked for.
        case short
        /// Repeats the last row when a file is cut off, and says nothing.
        case silent
        /// Offers a scale that it does not have.
        case unscaled
    }

    let fault: Fault
    private let decoder = PixmapDecoder()

    init(fault: Fault) { self.fault = fault }

    let formatName = "PPM"

    func recognizes(_ bytes: Span<UInt8>) -> Bool {
        switch fault {
        case .greedy: true
        case .picky: bytes.count > 16 && decoder.recognizes(bytes)
        default: decoder.recognizes(bytes)
        }
    }

    func header(of bytes: Span<UInt8>, damage: DamageHandling) throws -> PictureHeader {
        var header = try decoder.header(of: bytes, damage: damage)
        if fault == .unscaled { header.denominators = [2] }
        if fault == .silent { header.pixelCapacity = nil }
        return header
    }

    func decode(_ bytes: Span<UInt8>, plan: CropPlan, damage: DamageHandling, into rows: inout PictureRows) throws {
        let stride = 3 * plan.fullSize.width
        let start = bytes.count - stride * plan.fullSize.height
        for row in fault == .short ? plan.rows.dropLast() : plan.rows {
            let shift = fault == .shifted && plan.columns.lowerBound > 0 ? 1 : 0
            let offset = max(start, 0) + row * stride + 3 * (plan.columns.lowerBound - shift)
            let last = bytes.count - 3 * plan.columns.count
            try rows.append(bytes, offset: max(0, min(offset, last)), stride: stride, count: 1)
        }
    }
}
