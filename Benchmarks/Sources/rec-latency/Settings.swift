import Foundation
import RecImage

/// What the command line says.
struct Settings {
    private(set) var backbone = "resnet50"
    private(set) var weights: String?
    private(set) var pictures = "Examples/SampleCatalogue/images"
    private(set) var threads = ProcessInfo.processInfo.activeProcessorCount
    private(set) var batch = 4
    private(set) var searches = [0, 1, 10]
    private(set) var rounds = 5
    private(set) var seconds = 2.0
    private(set) var rate = 250.0
    private(set) var tolerance = 0.05

    /// Why a command line cannot be followed.
    struct Misuse: Error, CustomStringConvertible {
        let description: String
    }

    init(arguments: some Sequence<String>) throws {
        var iterator = arguments.makeIterator()
        while let name = iterator.next() {
            guard let value = iterator.next() else { throw Misuse(description: "\(name) needs a value") }
            func number<Number: LosslessStringConvertible & Comparable>(_ least: Number) throws -> Number {
                guard let number = Number(value), number >= least else {
                    throw Misuse(description: "\(name) must be a number, \(least) at least")
                }
                return number
            }
            switch name {
            case "--backbone": backbone = value
            case "--weights": weights = value
            case "--pictures": pictures = value
            case "--threads": threads = try number(1)
            case "--batch": batch = try number(1)
            case "--searches": searches = value.split(separator: ",").compactMap { Int($0) }
            case "--rounds": rounds = try number(1)
            case "--seconds": seconds = try number(0.1)
            case "--rate": rate = try number(1)
            case "--tolerance": tolerance = try number(0)
            default: throw Misuse(description: "unknown option \(name)")
            }
        }
    }

    /// The network; ResNet50 with random weights when none are named.
    func extractor() throws -> CNNFeatureExtractor {
        let found = try Backbone.named(backbone)
        if let weights { return try CNNFeatureExtractor(found, weights: weights) }
        guard backbone == "resnet50" else { throw Misuse(description: "--backbone \(backbone) needs --weights") }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("resnet50-random.safetensors").path
        try RandomResNet50.write(to: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try CNNFeatureExtractor(found, weights: path)
    }

    /// The pictures, in memory, in the order of their names.
    func pictureFiles() throws -> [PictureSource] {
        let names = try FileManager.default.contentsOfDirectory(atPath: pictures).filter { $0.hasSuffix(".jpg") }
            .sorted()
        guard !names.isEmpty else { throw Misuse(description: "\(pictures) has no pictures") }
        return try names.map { name in
            .data(Array(try Data(contentsOf: URL(fileURLWithPath: "\(pictures)/\(name)"))), name: name)
        }
    }
}

extension Settings: CustomStringConvertible {
    /// What the figures depend on.
    var description: String {
        "\(backbone), queue of \(threads) threads and batches of \(batch), \(Int(rate)) small requests/s, \(seconds) s each"
    }
}
