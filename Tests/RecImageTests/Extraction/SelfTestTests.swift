import Foundation
import RecCore
import RecImage
import RecNetwork
import RecTesting
import Testing

/// `selftest.json` beside a model, with vectors that PyTorch computed (`Scripts/goldens/one_model.py`).
@Suite struct `The self-test beside a model` {
    private static let pooled = try? expected("baseline-420", "pooled")

    private static func expected(_ picture: String, _ layer: String) throws -> [Double] {
        let url = URL(fileURLWithPath: try TinyExtractor.fixture("OneModel/expected.json"))
        let all = try JSONDecoder().decode([String: [String: [Double]]].self, from: try Data(contentsOf: url))
        return try #require(all[picture]?[layer])
    }

    /// The text of a self-test whose fields are JSON.
    private func text(_ changes: [String: String?] = [:]) throws -> String {
        let vector = try #require(Self.pooled).map { "\($0)" }.joined(separator: ",")
        var fields: [String: String] = [
            "version": "1", "picture": #""picture.jpg""#, "vector": "[\(vector)]", "made_by": #""PyTorch""#,
        ]
        for (name, value) in changes { fields[name] = value }
        return "{" + fields.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
            + "}"
    }

    /// Opens the tiny VGG from a folder with a self-test.
    @discardableResult
    private func open(
        _ test: String,
        weights: String = "archive.pth",
        picture: String? = "Pictures/baseline-420.jpg",
        layer: FeatureLayer = .pooled,
        _ change: (inout ExtractionSettings) -> Void = { _ in }
    ) throws -> SelfTestReport? {
        try withFolder([SelfTest.fileName: test]) { folder in
            let path = "\(folder)/\(weights)"
            try FileManager.default.copyItem(atPath: TinyExtractor.fixture("OneModel/\(weights)"), toPath: path)
            if let picture {
                let source = picture.hasPrefix("/") ? picture : try TinyExtractor.fixture(picture)
                try FileManager.default.copyItem(atPath: source, toPath: "\(folder)/picture.jpg")
            }
            var settings = ExtractionSettings(layer: layer, preprocessing: Self.preprocessing)
            change(&settings)
            let tiny = Backbone.vgg("tiny", VGG(convolutions: [1, 1, 1], widths: [4, 8, 8], hidden: 16))
            let extractor = try CNNFeatureExtractor(tiny, weights: path, settings: settings)
            switch extractor.selfTest {
            case .missing:
                Issue.record("the self-test was not found")
                return nil
            case .unrelated: return nil
            case .passed(_, let report): return report
            }
        }
    }

    private static let preprocessing = Preprocessing.timm(size: 56, cropFraction: 0.875, filter: .bilinear)

    /// Evenly spaced numbers of the input that a preprocessing gives for the picture.
    private func input(_ preprocessing: Preprocessing) throws -> String {
        let path = try TinyExtractor.fixture("Pictures/baseline-420.jpg")
        let tensor = try preprocessing.tensor(of: .file(path), using: PictureReader())
        return "[" + (0..<32).map { "\(tensor[$0 * tensor.count / 32])" }.joined(separator: ",") + "]"
    }

    @Test(arguments: `One model in every weight format`.files)
    func `passes where the vector is that of the library, in every weight format`(file: String) throws {
        let report = try #require(try open(try text(), weights: file))
        #expect(report.isPassed)
        #expect(report.cosine > 0.999999)
        #expect(report.difference < 1e-5)
        #expect(report.inputDifference == nil)
    }

    @Test func `fast decoding has no part in it`() throws {
        let report = try #require(try open(try text()) { $0.decoding = .fast })
        #expect(report.cosine > 0.999999)
    }

    @Test func `a vector of another model is an error that says by how much`() throws {
        let other = try text(["vector": "[8,7,6,5,4,3,2,1]", "input": try input(Self.preprocessing)])
        let error = try #require(throws: RecError.self) { try open(other) }
        #expect(error.code == .selfTestFailed)
        #expect(error.path?.hasSuffix("/selftest.json") == true)
        #expect(error.message.contains("cosine 0."))
        #expect(error.message.contains("0.9999 is needed"))
        #expect(error.message.contains("component 7 differs most"))
        #expect(error.message.contains("The input of the network is as expected"))
        #expect(error.message.contains("made by PyTorch"))
    }

    @Test func `another preprocessing is named as the cause, with the one that fits`() throws {
        let test = try text(["input": try input(.torchvisionV2), "minimum_cosine": "1"])
        let error = try #require(throws: RecError.self) { try open(test) { $0.preprocessing = .kerasCaffe } }
        #expect(error.code == .selfTestFailed)
        #expect(error.message.contains("The preprocessing is not the one that made the vector"))
        #expect(error.message.contains("'torchvision-v2' gives the expected input"))
    }

    @Test func `a vector of another length is an error with both lengths`() throws {
        let error = try #require(throws: RecError.self) { try open(try text(["vector": "[1, 2]"])) }
        #expect(error.code == .selfTestFailed)
        #expect(error.message.contains("2 components, the model's 8"))
    }

    @Test func `it says nothing about another layer, pooling or file`() throws {
        let wrong = ["vector": "[1]"]
        #expect(try open(try text(wrong), layer: .fc2) == nil)
        #expect(try open(try text(wrong)) { $0.pooling = .maximum } == nil)
        #expect(try open(try text(wrong.merging(["weights": #""other.pth""#]) { $1 })) == nil)
        #expect(throws: RecError.self) { try open(try text(wrong.merging(["weights": #""archive.pth""#]) { $1 })) }
    }

    @Test func `it may be about another layer and pooling`() throws {
        let vector = "[" + (try Self.expected("baseline-420", "fc2")).map { "\($0)" }.joined(separator: ",") + "]"
        let test = try text(["layer": #""fc2""#, "vector": vector])
        #expect(try open(test, layer: .fc2)?.isPassed == true)
        #expect(try open(test) == nil)
    }

    // MARK: Files that are no self-test

    static let damaged: [(change: [String: String?], words: String)] = [
        (["version": "2"], "version is not 1"), (["version": nil], "version is not 1"),
        (["picture": nil], "picture must be the name"), (["picture": "7"], "picture must be a string"),
        (["picture": #""../picture.jpg""#], "picture must be the name"),
        (["picture": #""/etc/passwd""#], "picture must be the name"), (["picture": #""..""#], "picture must be"),
        (["picture": #""""#], "picture must be the name"), (["picture": #""a\u0000b""#], "picture must be the name"),
        (["vector": nil], "vector is missing"), (["vector": "[]"], "vector must be"),
        (["vector": "[0, 0, -0.0]"], "vector is zero"), (["vector": "[1e300]"], "vector must be 1 to 65536 finite"),
        (["vector": "[1, \"2\"]"], "vector must be"), (["vector": "{}"], "vector must be"),
        (["vector": "[" + [String](repeating: "1", count: 65_537).joined(separator: ",") + "]"], "vector must be"),
        (["input": "[1e39]"], "input must be"), (["layer": "3"], "layer must be a string"),
        (["pooling": #""median""#], "pooling 'median' is not known"),
        (["minimum_cosine": "1.5"], "minimum_cosine is 1.5"), (["minimum_cosine": "\"high\""], "minimum_cosine must"),
    ]

    @Test(arguments: damaged.indices)
    func `a field that makes no sense is an error that names it`(index: Int) throws {
        let (change, words) = Self.damaged[index]
        let error = try #require(throws: RecError.self) { try open(try text(change)) }
        #expect(error.code == .invalidSelfTest)
        #expect(error.message.contains(words), "\(error.message)")
        #expect(error.message.contains("write_selftest.py"))
    }

    @Test(arguments: [
        "", "[]", "{", "nonsense", String(repeating: "[", count: 1 << 20), String(repeating: " ", count: 3 << 20),
    ])
    func `a file that is no object of JSON, or a large one, is an error`(text: String) throws {
        let error = try #require(throws: RecError.self) { try open(text) }
        #expect(error.code == .invalidSelfTest)
    }

    @Test func `a picture that is missing, no file, or too large is an error that names it`() throws {
        let missing = try #require(throws: RecError.self) { try open(try text(), picture: nil) }
        #expect(missing.code == .fileNotFound)
        #expect(missing.path?.hasSuffix("picture.jpg") == true)
        let folder = try withFolder([:]) { empty in
            try #require(throws: RecError.self) { try open(try text(), picture: empty) }
        }
        #expect(folder.code == .unreadableFile)
        let huge = try #require(throws: RecError.self) { try open(try text(), picture: "Pictures/huge.jpg") }
        #expect(huge.code == .imageTooLarge)
        let other = try #require(throws: RecError.self) { try open(try text(), picture: "OneModel/expected.json") }
        #expect(other.code == .unknownPictureFormat)
    }

    @Test func `a picture of more than 16 MiB is not read`() throws {
        let name = UUID().uuidString
        let large = FileManager.default.temporaryDirectory.appending(path: name)
        try Data(count: 16 << 20 | 1).write(to: large)
        defer { try? FileManager.default.removeItem(at: large) }
        let error = try #require(throws: RecError.self) { try open(try text(), picture: large.path) }
        #expect(error.code == .invalidSelfTest)
        #expect(error.message.contains("16 MiB"))
    }

    @Test func `bytes changed at random are answered with a report or an error of this package`() throws {
        let whole = Array(try text(["input": try input(Self.preprocessing)]).utf8)
        var random = SeededGenerator(seed: 17)
        var outcomes: Set<String> = []
        for _ in 0..<150 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 32...126, using: &random)
            }
            do {
                outcomes.insert(try open(String(decoding: bytes, as: UTF8.self)) == nil ? "other" : "passed")
            } catch let error as RecError {
                outcomes.insert(error.code.name)
            }
        }
        #expect(outcomes.contains("invalid-self-test"))
        #expect(outcomes.isSubset(of: ["invalid-self-test", "self-test-failed", "file-not-found", "passed", "other"]))
    }
}
