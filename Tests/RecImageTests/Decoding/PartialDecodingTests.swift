import Foundation
import RecCore
import RecImage
import Testing

@Suite struct `Partial decoding` {
    /// What Pillow made of a fixture: written by Scripts/goldens/partial_decoding.py.
    struct Golden: Decodable, Sendable, CustomTestStringConvertible {
        struct Crop: Decodable, Sendable {
            let side: Int
            let filter: String
            let width: Int
            let height: Int
            let crc: UInt32

            func preprocessing() throws -> Preprocessing {
                Preprocessing(
                    resize: .shortSide(side),
                    filter: try #require(Resampling(rawValue: filter)),
                    outputSize: ImageSize(width: width, height: height)
                )
            }
        }

        let name: String
        let crops: [Crop]
        var testDescription: String { name }

        static func url(_ file: String) -> URL {
            Bundle.module.bundleURL.appending(path: "Fixtures/Partial/\(file)")
        }

        static let all: [Golden] = {
            do {
                return try JSONDecoder().decode([Golden].self, from: Data(contentsOf: url("goldens.json")))
            } catch {
                fatalError("the goldens cannot be read: \(error)")
            }
        }()

        func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: Self.url("\(name).jpg"))) }
    }

    private static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Golden.url("\(name).jpg")))
    }

    /// A small crop from the middle of a large picture.
    private static let middle = Preprocessing(
        resize: .shortSide(60),
        filter: .bicubic,
        outputSize: ImageSize(width: 24, height: 16)
    )

    private static let preprocessings = [
        middle,
        Preprocessing(resize: .none, filter: .bilinear, outputSize: ImageSize(width: 50, height: 37)),
        Preprocessing(resize: .shortSide(20), filter: .box, outputSize: ImageSize(width: 9, height: 33)),
        Preprocessing(resize: .shortSide(300), filter: .lanczos, outputSize: ImageSize(width: 41, height: 70)),
        Preprocessing(
            resize: .stretch(ImageSize(width: 31, height: 57)),
            filter: .nearest,
            outputSize: ImageSize(width: 11, height: 23)
        ),
        Preprocessing(
            resize: .stretch(ImageSize(width: 90, height: 12)),
            filter: .bilinear,
            outputSize: ImageSize(width: 17, height: 40)
        ),
    ]

    @Test(arguments: Golden.all)
    func `the crop has the bytes that Pillow gives`(golden: Golden) throws {
        let bytes = try golden.bytes()
        for crop in golden.crops {
            let prepared = try crop.preprocessing().planned(.data(bytes), using: PictureReader())

            #expect(prepared.image.checksum == crop.crc, "short side \(crop.side), \(crop.filter)")
            #expect(!prepared.isDamaged)
        }
    }

    @Test(arguments: Golden.all)
    func `what is skipped changes no byte of the rest`(golden: Golden) throws {
        let bytes = try golden.bytes()
        let scales: [DecodingScale] = [.full] + [1, 8, 20, 40].map { .reduced(shortSide: $0) }
        for scale in scales {
            for orientation in OrientationHandling.allCases {
                let reader = PictureReader(orientation: orientation)
                let whole = try reader.read(bytes, scale: scale)
                for preprocessing in Self.preprocessings {
                    let prepared = try preprocessing.planned(.data(bytes), using: reader, scale: scale)

                    #expect(
                        prepared.image == preprocessing.pixels(of: whole),
                        "\(preprocessing), \(scale), \(orientation)"
                    )
                    #expect(prepared.fullSize == whole.fullSize)
                }
            }
        }
    }

    @Test(arguments: PictureGoldens.all.decoded)
    func `small pictures of every kind lose nothing either`(golden: PictureGoldens.Decoded) throws {
        let bytes = try PictureGoldens.bytes(of: golden.name)
        for damage in DamageHandling.allCases {
            let reader = PictureReader(damage: damage)
            let whole = try reader.read(bytes)
            for preprocessing in Self.preprocessings {
                let prepared = try preprocessing.planned(.data(bytes), using: reader)

                #expect(prepared.image == preprocessing.pixels(of: whole), "\(preprocessing)")
            }
        }
    }

    @Test func `a file, its bytes and its pixels give the same numbers`() throws {
        let preprocessing = Preprocessing.torchvisionV1
        let path = Golden.url("420-high.jpg").path(percentEncoded: false)
        let reader = PictureReader()
        let whole = try reader.read(.file(path))

        let numbers = try preprocessing.tensor(of: .file(path), using: reader)

        #expect(numbers == preprocessing.tensor(of: whole))
        #expect(try preprocessing.tensor(of: .data(Self.bytes("420-high")), using: reader) == numbers)
        #expect(try preprocessing.tensor(of: .image(whole.image), using: reader) == numbers)
    }

    private static let damageable = [
        "420-wide", "444-high", "422-wide", "440", "gray", "restarts", "progressive", "cmyk",
    ]

    /// The code of the error, or what came out.
    private func outcome<Value>(_ body: () throws -> Value) throws -> (value: Value?, code: RecError.Code?) {
        do {
            return (try body(), nil)
        } catch let error as RecError {
            return (nil, error.code)
        }
    }

    @Test(arguments: damageable)
    func `a cut file is refused or kept as if all were decoded`(name: String) throws {
        let original = try Self.bytes(name)
        for part in 1...20 {
            let bytes = Array(original.prefix(part == 20 ? original.count - 2 : original.count * part / 20))
            let ways: [(DamageHandling, DecodingScale)] = [
                (.refused, .full), (.accepted, .full), (.refused, .reduced(shortSide: 40)),
            ]
            for (damage, scale) in ways {
                let reader = PictureReader(damage: damage)
                let whole = try outcome { try reader.read(bytes, scale: scale) }
                let prepared = try outcome { try Self.middle.planned(.data(bytes), using: reader, scale: scale) }

                #expect(prepared.code == whole.code, "\(part)/20, \(damage), \(scale)")
                #expect(
                    prepared.value?.image == whole.value.map { Self.middle.pixels(of: $0) },
                    "\(part)/20, \(damage), \(scale)"
                )
                #expect(prepared.value?.isDamaged == whole.value?.isDamaged)
            }
        }
    }

    @Test(arguments: damageable)
    func `damage in what is skipped is found as if all were decoded`(name: String) throws {
        let original = try Self.bytes(name)
        for round in 0..<60 {
            let dice = noise(seed: UInt64(round), count: 8).map(Int.init)
            var bytes = original
            for change in 0...dice[0] % 2 {
                let place = 300 + (dice[1 + 2 * change] << 8 | dice[2 + 2 * change]) % (bytes.count - 300)
                bytes[place] = dice[7] < 60 ? 0xFF : UInt8(dice[5 + change])
            }
            let reader = PictureReader(damage: round.isMultiple(of: 3) ? .accepted : .refused)
            let whole = try outcome { try reader.read(bytes) }
            let prepared = try outcome { try Self.middle.planned(.data(bytes), using: reader) }

            #expect(prepared.code == whole.code, "round \(round)")
            #expect(prepared.value?.image == whole.value.map { Self.middle.pixels(of: $0) }, "round \(round)")
            #expect(prepared.value?.isDamaged == whole.value?.isDamaged)
        }
    }

    @Test func `code that ends early behind the crop is found by exact decoding only`() throws {
        let original = try Self.bytes("420-high")
        let bytes = original.prefix(original.count * 9 / 10) + [0xFF, 0xD9]

        let exact = try outcome { try Self.middle.planned(.data(Array(bytes)), using: PictureReader()) }
        let fast = try outcome {
            try Self.middle.planned(.data(Array(bytes)), using: PictureReader(), scale: .reduced(shortSide: 50))
        }

        #expect(exact.code == .truncatedImage)
        #expect(fast.code == nil)
    }

    @Test func `an error behind the crop names the row that was reached`() throws {
        let original = try Self.bytes("420-high")
        let bytes = Array(original.prefix(original.count * 9 / 10))

        let error = try #require(throws: RecError.self) {
            try Self.middle.planned(.data(bytes), using: PictureReader())
        }

        #expect(error.message.contains("ends at row"), "\(error.message)")
    }

    @Test func `a marker in the code behind the crop is found by fast decoding`() throws {
        var bytes = try Self.bytes("420-high")
        let place = bytes.count * 9 / 10
        bytes.replaceSubrange(place..<place + 2, with: [0xFF, 0xD3])

        let fast = try outcome {
            try Self.middle.planned(.data(bytes), using: PictureReader(), scale: .reduced(shortSide: 50))
        }

        #expect(fast.code == .corruptImage)
    }
}
