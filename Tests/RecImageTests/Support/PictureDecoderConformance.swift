import RecCore
import RecImage
import Testing

/// Checks that a decoder keeps the promises of `PictureDecoder`.
enum PictureDecoderConformance {
    /// Runs all checks; what fails is recorded as issues of the calling test.
    ///
    /// - Parameters:
    ///   - decoder: The decoder under test.
    ///   - files: Whole files of its format, with pictures of 20 x 20 pixels at least.
    /// - Throws: Why one of the files cannot be read.
    static func check(_ decoder: any PictureDecoder, files: [[UInt8]]) throws {
        let reader = PictureReader(decoders: PictureDecoders([decoder]))
        for file in files {
            checkRecognition(decoder, file)
            let whole = try reader.read(file)
            let header = try decoder.header(of: file.span, damage: .refused)
            let size = header.orientation.rawValue >= 5 ? header.size.transposed : header.size
            #expect(whole.image.size == size, "the header must have the size of the picture")
            #expect(whole.fullSize == size)
            #expect(!whole.isDamaged)
            try checkParts(reader, file, denominators: header.denominators, size: size)
            checkCuts(decoder, file)
            checkDamage(decoder, file, size: size)
        }
    }

    private static func checkRecognition(_ decoder: any PictureDecoder, _ file: [UInt8]) {
        for count in [1, 2, 3, 4, 8, 16, file.count] {
            let isRecognized = decoder.recognizes(file.span.extracting(first: count))
            #expect(isRecognized, "\(count) bytes are a start")
        }
        for other in ["GIF89a", "<svg>", "\0\0\0\0", "%PDF-1.7"] {
            let bytes = Array(other.utf8)
            let isRecognized = decoder.recognizes(bytes.span)
            #expect(!isRecognized, "'\(other)' is another format")
        }
    }

    /// A part must have the pixels that it has in the whole, at every scale.
    private static func checkParts(
        _ reader: PictureReader,
        _ file: [UInt8],
        denominators: [Int],
        size: ImageSize
    ) throws {
        let crops = [(5, 7), (20, 3), (1, 1)].map { width, height in
            Preprocessing(resize: .none, filter: .bilinear, outputSize: ImageSize(width: width, height: height))
        }
        let resizes = Resampling.allCases.map { filter in
            Preprocessing(resize: .shortSide(12), filter: filter, outputSize: ImageSize(width: 8, height: 10))
        }
        let full = try reader.read(file).image
        for scale in [DecodingScale.full] + denominators.map({ .reduced(shortSide: size.shortSide / $0 / 2) }) {
            let whole = try reader.read(file, scale: scale)
            #expect(
                zip(summary(whole.image), summary(full)).allSatisfy { abs(Int($0) - Int($1)) < 32 },
                "\(scale) must show the same picture"
            )
            for preprocessing in crops + resizes {
                let part = try preprocessing.tensor(of: .data(file), using: reader, scale: scale)
                #expect(part == preprocessing.tensor(of: whole), "\(preprocessing) at \(scale)")
            }
        }
    }

    /// What a picture shows, in one pixel.
    private static func summary(_ image: RGBImage) -> [UInt8] {
        image.resized(to: ImageSize(width: 1, height: 1), using: .box).pixels
    }

    /// A file that is cut off is an error, or a damaged picture where damage is accepted.
    private static func checkCuts(_ decoder: any PictureDecoder, _ file: [UInt8]) {
        let decoders = PictureDecoders([decoder])
        for part in 1...8 {
            let cut = Array(file.prefix(file.count * part / 9))
            #expect(throws: RecError.self, "\(part)/9 of a file are no file") {
                try PictureReader(decoders: decoders).read(cut)
            }
            guard let kept = try? PictureReader(decoders: decoders, damage: .accepted).read(cut) else { continue }
            #expect(kept.isDamaged, "\(part)/9 of a file are a damaged picture")
        }
    }

    /// Whatever is in a file, there is a picture or an error that is the file's fault.
    private static func checkDamage(_ decoder: any PictureDecoder, _ file: [UInt8], size: ImageSize) {
        for round in 0..<40 {
            let dice = noise(seed: UInt64(round), count: 6).map(Int.init)
            var bytes = file
            for change in 0...dice[0] % 2 {
                bytes[(dice[1 + change] << 8 | dice[3 + change]) % bytes.count] = UInt8(dice[5])
            }
            let reader = PictureReader(
                decoders: PictureDecoders([decoder]),
                damage: round.isMultiple(of: 2) ? .accepted : .refused,
                maximumPixelCount: 1 << 20
            )
            do {
                _ = try reader.read(bytes)
            } catch {
                #expect((error as? RecError).map { $0.code != .decoderFault } == true, "\(error)")
            }
        }
    }
}
