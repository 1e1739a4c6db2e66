import Foundation
import RecCore
import RecNetwork
import Testing

@Suite struct `Weight files` {
    @Test func `the fixtures are there`() {
        #expect(WeightFixtures.readable.count == 19)
        #expect(WeightFixtures.names.count == 26)
    }

    @Test(arguments: WeightFixtures.readable)
    func `every format gives the names, shapes, types and numbers that its own library reads`(name: String) throws {
        let expected = try #require(WeightFixtures.expected[name])
        let file = try WeightFile(path: WeightFixtures.path(name))
        #expect(file.format.description == expected.format)
        #expect(file.tensorNames == expected.tensors.map(\.name))
        for tensor in expected.tensors {
            #expect(file.shape(of: tensor.name) == tensor.shape, "\(tensor.name)")
            #expect(file.elementType(of: tensor.name)?.description == tensor.type, "\(tensor.name)")
            #expect(try file.floats(of: tensor.name) == tensor.values.map { Float($0) }, "\(tensor.name)")
        }
        for (key, value) in expected.metadata { #expect(file.metadata[key] == value) }
    }

    @Test(arguments: WeightFixtures.readable)
    func `Keras files name their layers in order`(name: String) throws {
        let expected = try #require(WeightFixtures.expected[name])
        let file = try WeightFile(path: WeightFixtures.path(name))
        #expect(file.layers.map(\.name) == expected.layers.map(\.name))
        #expect(file.layers.map(\.group) == expected.layers.map(\.group))
        #expect(file.layers.map(\.tensorNames) == expected.layers.map(\.tensorNames))
    }

    @Test func `the format is found by content, whatever the file is called`() throws {
        let bytes = WeightFixtures.bytes("stream.pth")
        let format = try withFile(bytes) { try WeightFile(path: $0).format }
        #expect(format == .pyTorchStream)
    }

    @Test func `counters are read as integers without rounding`() throws {
        for name in ["archive.pth", "stream.pth", "all-types.safetensors"] {
            let file = try WeightFile(path: WeightFixtures.path(name))
            #expect(try file.integers(of: "bn.num_batches_tracked") == [123_456_789_012])
            #expect(try file.integers(of: "int8") == [-128, 0, 127])
            #expect(try file.integers(of: "bool") == [1, 0, 1])
            let error = #expect(throws: RecError.self) { try file.integers(of: "double") }
            #expect(error?.code == .misshapedTensor)
        }
    }

    @Test func `a tensor that is not there is reported by name`() throws {
        let file = try WeightFile(path: WeightFixtures.path("archive.pth"))
        #expect(file.shape(of: "fc.weight") == nil)
        let error = #expect(throws: RecError.self) { try file.floats(of: "fc.weight") }
        #expect(error?.code == .missingTensor)
        #expect(error?.message.contains("'fc.weight'") == true)
    }

    @Test func `the digest is the SHA-256 of the whole file`() throws {
        // The digest of these bytes by Python's hashlib.
        let header = Array(#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#.utf8)
        let bytes = [UInt8(header.count), 0, 0, 0, 0, 0, 0, 0] + header + [7, 9]
        let digest = try withFile(bytes) { try WeightFile(path: $0).sha256 }
        #expect(digest == "6a4c43c559309eb42ffc038c0b23dfd09a926f8c2799df294d886e83ccc15763")
    }

    @Test(arguments: [
        ("<!DOCTYPE html><html>404</html>", "web page"), ("version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        ("\u{8}\u{7}\u{12}\u{7}pytorch", "ONNX"), ("{\"layers\": [1, 2, 3]}", "JSON"), ("abc", "3 bytes"),
        ("a text of no known format", "no weight file"),
    ])
    func `a file of another kind is called what it looks like`(text: String, words: String) throws {
        let error = try #require(try errorOpening(Array(text.utf8)))
        #expect(error.code == .unknownWeightFormat)
        #expect(error.message.contains(words))
    }

    @Test func `a picture is called a picture`() throws {
        let error = try #require(try errorOpening([0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: 0, count: 40)))
        #expect(error.code == .unknownWeightFormat)
        #expect(error.message.contains("JPEG"))
    }

    @Test func `missing, empty and unreadable files are told apart`() throws {
        #expect(try errorOpening([])?.code == .emptyFile)
        let missing = #expect(throws: RecError.self) { try WeightFile(path: "/nowhere/weights.pth") }
        #expect(missing?.code == .fileNotFound)
        #expect(missing?.path == "/nowhere/weights.pth")
        let place = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: place) }
        let folder = #expect(throws: RecError.self) { try WeightFile(path: place.path()) }
        #expect(folder?.code == .unreadableFile)
    }

    @Test(arguments: [
        ("refused-no-tensors.pth", RecError.Code.unsupportedWeights, "'lr'"),
        ("refused-module.pth", .forbiddenPickle, "torch.nn.modules.container.Sequential"),
        ("refused-big-endian.pth", .unsupportedWeights, "big-endian"),
        ("refused-compressed.pth", .unsupportedWeights, "compressed"),
        ("refused-big-endian.h5", .unsupportedWeights, "big-endian"),
        ("refused-lzf.h5", .unsupportedWeights, "lzf"),
        ("refused-chunk-index.h5", .unsupportedWeights, "libver='latest'"),
    ])
    func `what is not supported is named`(name: String, code: RecError.Code, words: String) throws {
        let error = #expect(throws: RecError.self) { try WeightFile(path: WeightFixtures.path(name)) }
        #expect(error?.code == code)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: efficientNetPath)))
    func `the EfficientNet-Lite0 checkpoint opens`() throws {
        let file = try WeightFile(path: efficientNetPath)
        #expect(file.sha256.hasPrefix("57934424"))
        #expect(file.shape(of: "_conv_stem.weight") == [32, 3, 3, 3])
        for name in file.tensorNames { #expect(try file.floats(of: name).allSatisfy(\.isFinite), "\(name)") }
    }
}

/// The default model, when `make demo` has fetched it.
private let efficientNetPath = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../.models/efficientnet-lite0-57934424.pth").standardized.path()
