import Foundation
import RecImage
import Testing

/// What Pillow, torchvision, timm and Keras gave for the fixtures: written by Scripts/goldens/images.py.
struct PictureGoldens: Decodable {
    struct Decoded: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let width: Int
        let height: Int
        let stored: UInt32
        let upright: UInt32
        let resized: UInt32
        var testDescription: String { name }
    }

    struct Oriented: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let upright: UInt32
        var testDescription: String { name }
    }

    struct Cut: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let count: Int
        let strict: UInt32?
        let lenient: UInt32
        var testDescription: String { "\(name), \(count) bytes" }
    }

    struct Preset: Decodable, Sendable, CustomTestStringConvertible {
        let preset: String
        let seed: UInt64
        let width: Int
        let height: Int
        let crc: UInt32
        let samples: [Float]
        var testDescription: String { "\(preset) of \(width)x\(height)" }
    }

    struct Resize: Decodable, Sendable, CustomTestStringConvertible {
        let source: ImageSize
        let target: ImageSize
        let filter: Resampling
        let crc: UInt32
        var testDescription: String { "\(source) to \(target) \(filter)" }

        init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            source = ImageSize(width: try row.decode(Int.self), height: try row.decode(Int.self))
            target = ImageSize(width: try row.decode(Int.self), height: try row.decode(Int.self))
            filter = try #require(Resampling(rawValue: try row.decode(String.self)))
            crc = try row.decode(UInt32.self)
        }
    }

    let decoded: [Decoded]
    let oriented: [Oriented]
    let cuts: [Cut]
    let resizes: [Resize]
    let presets: [Preset]

    static let all: PictureGoldens = {
        do {
            let data = try Data(contentsOf: URL(filePath: path(of: "goldens.json")))
            return try JSONDecoder().decode(PictureGoldens.self, from: data)
        } catch {
            fatalError("the goldens cannot be read: \(error)")
        }
    }()

    static func path(of file: String) -> String {
        Bundle.module.bundleURL.appending(path: "Fixtures/Pictures/\(file)").path(percentEncoded: false)
    }

    static func bytes(of name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path(of: "\(name).jpg"))))
    }
}
