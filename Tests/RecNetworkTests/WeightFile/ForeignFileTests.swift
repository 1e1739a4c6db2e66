import Foundation
import RecCore
import RecNetwork
import Testing

/// Files that people give as weights: each is named for what it is, with what to do.
@Suite struct `Files of other programs` {
    private func message(_ path: String) throws -> String {
        try #require(throws: RecError.self) { try WeightFile(path: path) }.message
    }

    /// The message for a file of that name and these bytes.
    private func message(_ bytes: [UInt8], named name: String = "weights.bin") throws -> String {
        try inFolder([name: bytes]) { try message("\($0)/\(name)") }
    }

    private func inFolder<Value>(_ files: [String: [UInt8]], _ body: (String) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
        return try body(folder.path())
    }

    @Test(arguments: [
        ("script.pt", "TorchScript", "torch.jit.load"), ("distributed", "distributed checkpoint", "dcp_to_torch"),
        ("distributed/.metadata", "distributed checkpoint", "dcp_to_torch"),
        ("distributed/__0_0.distcp", "distributed checkpoint", "dcp_to_torch"),
        ("renamed.pth", "distributed checkpoint", "dcp_to_torch"), ("paddle.pth", "PaddlePaddle", "paddle.load"),
        ("whole-model.pth", "a whole model was saved", "state_dict()"),
    ])
    func `files that other programs wrote`(name: String, kind: String, advice: String) throws {
        let message = try message(`Weights as people save them`.path("foreign/\(name)"))
        #expect(message.contains(kind), "\(message)")
        #expect(message.contains(advice), "\(message)")
    }

    /// The beginnings of files, by the specifications of their formats.
    static let beginnings: [(kind: String, bytes: [UInt8])] = [
        ("TensorFlow SavedModel", [0x08, 1, 0x12, 0x80, 0x08, 0x0A, 0x05, 0x2A] + [UInt8](repeating: 0, count: 1020)),
        ("ONNX", [0x08, 8, 0x12, 7] + Array("pytorch".utf8) + [0x1A, 3] + Array("2.1".utf8)),
        ("ONNX", [0x08, 8, 0x3A, 0x80, 0x08] + [UInt8](repeating: 0, count: 60)),
        ("Core ML", [0x08, 5, 0x12, 0x10, 0x0A, 0x0E, 0x0A, 1, 0x61] + [UInt8](repeating: 0, count: 60)),
        ("frozen TensorFlow graph", [0x0A, 14, 0x0A, 5] + Array("input".utf8) + [0x12, 5] + Array("Const".utf8)),
        ("Caffe", [0x0A, 9] + Array("ResNet-50".utf8) + [0xA2, 0x06, 0x10, 0x0A] + [UInt8](repeating: 0, count: 20)),
        ("PaddlePaddle", [0x0A, 0x40, 0x08, 0, 0x10, 0] + [UInt8](repeating: 0, count: 60)),
        (
            "PaddlePaddle",
            [UInt8](repeating: 0, count: 16) + [12, 0, 0, 0, 0x08, 5, 0x10, 64] + [UInt8](repeating: 0, count: 40)
        ),
        ("TensorFlow Lite", [0x1C, 0, 0, 0] + Array("TFL3".utf8) + [UInt8](repeating: 0, count: 40)),
        ("GGUF", Array("GGUF".utf8) + [3, 0, 0, 0]),
        ("MXNet", [0x12, 1] + [UInt8](repeating: 0, count: 14) + [2, 0, 0, 0, 0, 0, 0, 0]),
        ("Darknet", [0, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0] + [UInt8](repeating: 7, count: 40)),
        ("MATLAB", Array("MATLAB 5.0 MAT-file, Platform: GLNXA64".utf8)),
        ("NumPy", [0x93] + Array("NUMPY".utf8) + [1, 0]),
        ("MessagePack", [0x82, 0xA6] + Array("params".utf8) + [0x81, 0xA5] + Array("conv1".utf8)),
        ("TensorFlow checkpoint", [UInt8](repeating: 1, count: 40) + [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB]),
        ("TensorFlow checkpoint", Array("model_checkpoint_path: \"model.ckpt-1000\"\n".utf8)),
        ("OpenVINO", Array("<?xml version=\"1.0\"?>\n<net name=\"resnet\" version=\"11\">\n<layers>".utf8)),
        ("web page", Array("<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>".utf8)),
        ("ncnn", Array("7767517\n75 83\nInput data".utf8)),
        ("TensorFlow.js", Array(#"{"format": "layers-model", "modelTopology": {"a": 1}, "weightsManifest": []}"#.utf8)),
    ]

    @Test(arguments: beginnings.indices)
    func `files that are known by their beginning`(index: Int) throws {
        let (kind, bytes) = Self.beginnings[index]
        let message = try message(bytes)
        #expect(message.contains(kind), "\(message)")
    }

    @Test(arguments: [
        ("model.pdparams", "PaddlePaddle"), ("model.ckpt.data-00000-of-00001", "TensorFlow checkpoint"),
        ("net.params", "MXNet"), ("net.t7", "Torch7"), ("net.caffemodel", "Caffe"), ("net.mlmodel", "Core ML"),
        ("net.tflite", "TensorFlow Lite"), ("yolo.weights", "Darknet"),
    ])
    func `files whose bytes say nothing are known by their ending`(name: String, kind: String) throws {
        let message = try message([UInt8](repeating: 0x77, count: 100), named: name)
        #expect(message.contains(kind), "\(message)")
    }

    @Test(arguments: [
        (["saved_model.pb", "keras_metadata.pb"], "SavedModel"),
        (["model.pdmodel", "model.pdiparams"], "PaddlePaddle"),
        (["checkpoint", "model.ckpt.index", "model.ckpt.data-00000-of-00001"], "TensorFlow checkpoint"),
        (["openvino.xml", "openvino.bin"], "OpenVINO"), (["net-symbol.json", "net-0000.params"], "MXNet"),
        (["_METADATA", "manifest.ocdbt"], "Orbax"), (["model.json", "group1-shard1of1.bin"], "TensorFlow.js"),
    ])
    func `folders of other programs`(names: [String], kind: String) throws {
        let files = Dictionary(uniqueKeysWithValues: names.map { ($0, [UInt8](repeating: 1, count: 40)) })
        let message: String = try inFolder(files) { try self.message($0) }
        #expect(message.contains(kind), "\(message)")
    }

    @Test func `a folder of weight files asks which one is meant`() throws {
        let error = try inFolder(["a.pth": [1], "b.pth": [1], "notes.txt": [1]]) { path in
            try #require(throws: RecError.self) { try WeightFile(path: path) }
        }
        #expect(error.code == .unreadableFile)
        #expect(error.message.contains("'a.pth', 'b.pth'"))
    }

    @Test func `a folder with a model of Hugging Face is that model`() throws {
        let weights = WeightFixtures.bytes("all-types.safetensors")
        let names = try inFolder(["model.safetensors": weights, "config.json": Array("{}".utf8)]) {
            try WeightFile(path: $0).tensorNames
        }
        #expect(names.contains("conv.weight"))
    }

    @Test func `the weights of an OpenVINO model are known by the file beside them`() throws {
        let numbers = [UInt8](repeating: 0x3D, count: 100)
        let message: String = try inFolder(["net.bin": numbers, "net.xml": Array("<net name='a'>".utf8)]) {
            try self.message("\($0)/net.bin")
        }
        #expect(message.contains("OpenVINO"), "\(message)")
    }

    @Test func `a compressed TorchScript program is called one all the same`() throws {
        var builder = ZipBuilder()
        builder.add("model/data.pkl", [1, 2, 3], method: 8)
        builder.add("model/code/__torch__.py", [1], method: 8)
        let error = try #require(try errorOpening(builder.archive))
        #expect(error.code == .unsupportedWeights)
        #expect(error.message.contains("TorchScript"))
    }

    @Test func `a program of torch.export is called one`() throws {
        var builder = ZipBuilder()
        builder.add("model/archive_format", Array("pt2".utf8))
        builder.add("model/models/model.json", Array("{}".utf8))
        let error = try #require(try errorOpening(builder.archive))
        #expect(error.message.contains("torch.export"))
    }
}
