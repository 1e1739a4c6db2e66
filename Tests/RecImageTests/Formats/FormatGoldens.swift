import Foundation
import RecCore
import RecImage
import Testing

/// Files of a format and what the reference decoder gave for them: written by Scripts/goldens.
struct FormatGoldens: Decodable {
    /// A picture, by the checksums of its pixels.
    struct Decoded: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let width: Int
        let height: Int
        /// The stored picture on white, the upright one on white, and on #204080.
        let stored: UInt32
        let upright: UInt32
        let onBlue: UInt32
        var testDescription: String { name }
    }

    /// A file that is an error.
    struct Refused: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let code: String
        var testDescription: String { name }
    }

    let decoded: [Decoded]
    let refused: [Refused]

    /// Reads the goldens of a folder of fixtures.
    static func read<Goldens: Decodable>(_ folder: String, as type: Goldens.Type = FormatGoldens.self) -> Goldens {
        do {
            let data = try Data(contentsOf: URL(filePath: path(folder, "goldens.json")))
            return try JSONDecoder().decode(type, from: data)
        } catch {
            fatalError("the goldens of \(folder) cannot be read: \(error)")
        }
    }

    /// The path of a fixture.
    static func path(_ folder: String, _ file: String) -> String {
        Bundle.module.bundleURL.appending(path: "Fixtures/\(folder)/\(file)").path(percentEncoded: false)
    }

    /// The bytes of a fixture.
    static func bytes(_ folder: String, _ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path(folder, file))))
    }
}

/// What tests of every format do with its files.
enum FormatChecks {
    static let blue = RGBColor(red: 0x20, green: 0x40, blue: 0x80)

    /// Crops of small pictures, some with a part of the columns and rows only.
    private static let preprocessings = [
        Preprocessing(resize: .none, filter: .bilinear, outputSize: ImageSize(width: 9, height: 7)),
        Preprocessing(resize: .shortSide(12), filter: .bicubic, outputSize: ImageSize(width: 8, height: 10)),
        Preprocessing(
            resize: .stretch(ImageSize(width: 31, height: 17)),
            filter: .nearest,
            outputSize: ImageSize(width: 11, height: 23)
        ),
    ]

    /// A picture must have the reference's pixels: upright and as stored, on white and on another colour.
    static func check(_ golden: FormatGoldens.Decoded, _ bytes: [UInt8]) throws {
        let upright = try PictureReader().read(bytes)
        let stored = try PictureReader(orientation: .ignore).read(bytes)
        let onBlue = try PictureReader(background: blue).read(bytes)

        #expect(upright.image.size == ImageSize(width: golden.width, height: golden.height))
        #expect(upright.image.checksum == golden.upright)
        #expect(stored.image.checksum == golden.stored)
        #expect(onBlue.image.checksum == golden.onBlue)
        #expect(!upright.isDamaged)
    }

    /// A file must be an error of one code, with its path.
    static func checkRefusal(_ golden: FormatGoldens.Refused, _ bytes: [UInt8]) {
        let error = #expect(throws: RecError.self) { try PictureReader().read(bytes, name: "shoe") }

        #expect(error?.code.name == golden.code, "\(error?.message ?? "")")
        #expect(error?.path == "shoe")
    }

    /// A part of a picture must have the pixels that it has in the whole.
    static func checkParts(_ bytes: [UInt8], _ damage: DamageHandling = .refused) throws {
        let reader = PictureReader(damage: damage)
        let whole = try reader.read(bytes)
        for preprocessing in preprocessings {
            let part = try preprocessing.planned(.data(bytes), using: reader)
            #expect(part.image == preprocessing.pixels(of: whole), "\(preprocessing)")
            #expect(part.isDamaged == whole.isDamaged)
        }
    }

    /// Whatever is in a file, there is a picture or an error that is the file's fault, the same for a part as for all.
    static func checkDamage(_ original: [UInt8], rounds: Int) throws {
        let preprocessing = preprocessings[0]
        for round in 0..<rounds {
            let dice = noise(seed: UInt64(round), count: 12).map(Int.init)
            var bytes = original
            for change in 0...dice[0] % 4 {
                let place = (dice[1 + 2 * change] << 8 | dice[2 + 2 * change]) % bytes.count
                bytes[place] = UInt8(dice[9 + change % 3])
            }
            if dice[0] > 160 { bytes.removeLast(bytes.count * dice[11] / 256) }
            let reader = PictureReader(
                damage: round.isMultiple(of: 2) ? .accepted : .refused,
                maximumPixelCount: 1 << 20
            )
            let whole = Result { try reader.read(bytes) }
            let part = Result { try preprocessing.planned(.data(bytes), using: reader) }
            switch (whole, part) {
            case (.success(let whole), .success(let part)):
                #expect(preprocessing.pixels(of: whole) == part.image, "round \(round)")
            case (.failure(let whole as RecError), .failure(let part as RecError)):
                #expect(whole.code == part.code && whole.code != .decoderFault, "round \(round): \(whole.message)")
            default:
                Issue.record("round \(round): \(whole) but \(part)")
            }
        }
    }
}
