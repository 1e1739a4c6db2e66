import Foundation
import RecCore
import RecNetwork
import Testing

/// What checkpoints hold besides plain tensors in one dictionary (`Scripts/goldens/weight_kinds.py`).
@Suite struct `Weights as people save them` {
    struct Expected: Decodable, Sendable {
        let tensors: [String: [Double]]
        let unreadable: [String]
    }

    static let expected: [String: Expected] = {
        let data = FileManager.default.contents(atPath: path("expected.json")) ?? Data()
        return (try? JSONDecoder().decode([String: Expected].self, from: data)) ?? [:]
    }()

    static let files = expected.keys.sorted()

    static func path(_ name: String) -> String {
        "\(Bundle.module.resourcePath ?? "")/Fixtures/WeightKinds/\(name)"
    }

    @Test func `the fixtures are there`() {
        #expect(Self.files.count == 12)
    }

    @Test(arguments: files)
    func `every tensor has the numbers that its own library reads`(name: String) throws {
        let expected = try #require(Self.expected[name])
        let file = try WeightFile(path: Self.path(name))
        #expect(Set(file.tensorNames) == Set(expected.tensors.keys).union(expected.unreadable))
        #expect(Set(file.tensorNames).count == file.tensorNames.count)
        for (tensor, values) in expected.tensors {
            #expect(file.obstacle(to: tensor) == nil)
            #expect(try file.floats(of: tensor) == values.map { Float($0) }, "\(tensor)")
        }
    }

    @Test(arguments: files)
    func `a tensor that cannot be read spoils nothing, and its reason names it`(name: String) throws {
        let file = try WeightFile(path: Self.path(name))
        for tensor in try #require(Self.expected[name]).unreadable {
            #expect(file.shape(of: tensor) == nil)
            let error = try #require(file.obstacle(to: tensor))
            #expect(error.code == .unsupportedWeights)
            #expect(error.message.contains("'\(tensor)'"))
            #expect(throws: error) { try file.floats(of: tensor) }
        }
    }

    @Test(arguments: [
        ("complex", "complex64"), ("conjugated", "conjugated"), ("float8", "float8_e4m3fn"), ("sparse", "sparse"),
        ("sparse.rows", "sparse"), ("quantised", "quantised"), ("meta", "meta"), ("nested", "nested"),
        ("array", "NumPy"),
    ])
    func `the reason says of which kind the tensor is`(tensor: String, words: String) throws {
        let file = try WeightFile(path: Self.path("kinds.pth"))
        #expect(
            file.obstacle(to: tensor)?.message.contains(words) == true,
            "\(String(describing: file.obstacle(to: tensor)))"
        )
    }

    @Test func `a file of nothing that can be read is an error with the reason`() throws {
        let error = #expect(throws: RecError.self) { try WeightFile(path: Self.path("refused-complex.pth")) }
        #expect(error?.code == .unsupportedWeights)
        #expect(error?.message.contains("complex64") == true)
    }

    @Test func `views of one storage are known to be one`() throws {
        let file = try WeightFile(path: Self.path("nested.pth"))
        #expect(file.areOne("model.online.module.layer.weight", "itself.online.module.layer.weight"))
        #expect(!file.areOne("model.online.module.layer.weight", "model.online.module.layer.bias"))
        let kinds = try WeightFile(path: Self.path("kinds.pth"))
        #expect(!kinds.areOne("negated", "negated.part"))
    }

    @Test func `texts beside the tensors are the metadata`() throws {
        #expect(try WeightFile(path: Self.path("nested.pth")).metadata["arch"] == "resnet50")
    }

    @Test(arguments: [
        ("omegaconf.dictconfig", "DictConfig"), ("pytorch_lightning.utilities.parsing", "AttributeDict"),
        ("yacs.config", "CfgNode"), ("datetime", "datetime"), ("collections", "deque"),
    ])
    func `settings of training programs are passed over`(module: String, name: String) throws {
        var builder = PickleBuilder()
        builder.raw("}")
        builder.text("w")
        builder.tensor(count: 1, shape: [1], strides: [1])
        builder.raw("s")
        builder.text("settings")
        builder.global(module, name)
        builder.raw(")")
        builder.raw([0x81])
        builder.raw("}")
        builder.text("rate")
        builder.integer(1)
        builder.raw("sbs")
        let bytes = ZipBuilder.checkpoint(pickle: builder.pickle, storage: [0, 0, 0, 0])
        #expect(try withFile(bytes) { try WeightFile(path: $0).tensorNames } == ["w"])
    }

    @Test func `dictionaries that share one another end, however often`() throws {
        // Sixty dictionaries, each of which holds the one before twice: 2 ^ 60 paths.
        var builder = PickleBuilder()
        builder.raw("}q\u{0}")
        builder.text("w")
        builder.tensor(count: 1, shape: [1], strides: [1])
        builder.raw("s0")
        for index in UInt8(1)..<60 {
            builder.raw("}q")
            builder.raw([index])
            for key in ["a", "b"] {
                builder.text(key)
                builder.raw([UInt8(ascii: "h"), index - 1, UInt8(ascii: "s")])
            }
        }
        let bytes = ZipBuilder.checkpoint(pickle: builder.pickle, storage: [0, 0, 0, 0])
        #expect(try errorOpening(bytes)?.code == .unsupportedWeights)
    }

    @Test(arguments: [(3000, 1), (1, 100_000)])
    func `a dictionary without tensors that many places share is counted in each`(count: Int, keyLength: Int) throws {
        // A list that has the same dictionary 3000 times: of a text and many numbers, or of a long text.
        var builder = PickleBuilder()
        builder.raw("]q\u{0}}q\u{1}(")
        builder.text(String(repeating: "k", count: keyLength))
        builder.raw("q\u{2}")
        builder.integer(1)
        builder.raw("q\u{3}")
        for _ in 1..<count { builder.raw("h\u{3}h\u{3}") }
        builder.raw("u0(")
        for _ in 0..<3000 { builder.raw("h\u{1}") }
        builder.raw("e")
        let bytes = ZipBuilder.checkpoint(pickle: builder.pickle, storage: [])
        let error = try #require(try errorOpening(bytes))
        #expect(error.code == .unsupportedWeights)
        #expect(error.message.contains("too"))
    }
}
