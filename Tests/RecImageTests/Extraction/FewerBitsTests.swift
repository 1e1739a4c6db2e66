import Foundation
import RecCore
import RecImage
import RecNetwork
import RecTesting
import Testing

/// Extractors with arithmetic of fewer bits, and the file of ranges beside the weights.
@Suite struct `Arithmetic of fewer bits` {
    private static let backbone = Backbone.vgg("tiny", VGG(convolutions: [1, 1, 1], widths: [4, 8, 8], hidden: 16))
    private static let settings = ExtractionSettings(
        preprocessing: .timm(size: 56, cropFraction: 0.875, filter: .bilinear)
    )

    private static func pictures() throws -> [PictureSource] {
        try ["baseline-420", "baseline-444"].map { .file(try TinyExtractor.fixture("Pictures/\($0).jpg")) }
    }

    /// Copies the weights of a fixture to a folder.
    private static func copyWeights(to folder: String) throws -> String {
        let path = "\(folder)/archive.pth"
        try FileManager.default.copyItem(atPath: TinyExtractor.fixture("OneModel/archive.pth"), toPath: path)
        return path
    }

    private static func open(
        _ path: String,
        _ arithmetic: ExecutionSettings.Arithmetic
    ) throws -> CNNFeatureExtractor {
        let execution = ExecutionSettings(arithmetic: arithmetic)
        return try CNNFeatureExtractor(backbone, weights: path, settings: settings, execution: execution)
    }

    /// The text of a file of ranges.
    private static func text(_ ranges: ActivationRanges, weights: String) -> String {
        let members = ranges.ranges.map { "\"\($0.key)\": [\($0.value.low), \($0.value.high)]" }
        return #"{"version": 1, "weights": "\#(weights)", "ranges": {\#(members.joined(separator: ", "))}}"#
    }

    /// Runs a body in a folder with weights and their ranges.
    private static func withRanges<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = try copyWeights(to: folder.path(percentEncoded: false))
        let exact = try open(path, .exact)
        let (ranges, count) = try await exact.calibrate(with: try pictures())
        #expect(count == 2)
        let weights = try #require(exact.recipe["weights"])
        try Data(text(ranges, weights: weights).utf8).write(to: URL(fileURLWithPath: RangesFile.path(beside: path)))
        return try await body(path)
    }

    @Test func `bytes give nearly the vectors of floats, and another recipe`() async throws {
        try await Self.withRanges { path in
            let (floats, bytes) = (try Self.open(path, .fastest), try Self.open(path, .int8))
            #expect(floats.recipe["arithmetic"] == nil)
            #expect(bytes.recipe["arithmetic"] == "int8 \(try RangesFile(beside: path).digest)")
            for picture in try Self.pictures() {
                let expected = try await floats.features(of: picture)
                let features = try await bytes.features(of: picture)
                let cosine = zip(expected.components, features.components).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(cosine > 0.99)
                #expect(features != expected)
            }
        }
    }

    @Test func `a recipe opens the arithmetic that it names`() async throws {
        try await Self.withRanges { path in
            let bytes = try Self.open(path, .int8)
            let reopened = try CNNFeatureExtractor(recipe: bytes.recipe, weights: path, among: [Self.backbone])
            #expect(reopened.recipe == bytes.recipe)
            let floats = try Self.open(path, .fastest)
            let execution = ExecutionSettings(arithmetic: .int8)
            let other = try CNNFeatureExtractor(
                recipe: floats.recipe,
                weights: path,
                among: [Self.backbone],
                execution: execution
            )
            #expect(other.recipe == floats.recipe)
            let picture = try Self.pictures()[0]
            #expect(try await reopened.features(of: picture).components == bytes.features(of: picture).components)
        }
    }

    @Test func `other ranges make other vectors, which a recipe says`() async throws {
        try await Self.withRanges { path in
            let recipe = try Self.open(path, .int8).recipe
            let file = URL(fileURLWithPath: RangesFile.path(beside: path))
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data((text + " ").utf8).write(to: file)
            let error = #expect(throws: RecError.self) {
                try CNNFeatureExtractor(recipe: recipe, weights: path, among: [Self.backbone])
            }
            #expect(error?.code == .recipeMismatch)
        }
    }

    @Test func `ranges that are missing are named`() throws {
        try withFolder([:]) { folder in
            let path = try Self.copyWeights(to: folder)
            let error = #expect(throws: RecError.self) { try Self.open(path, .int8) }
            #expect(error?.code == .fileNotFound)
            #expect(error?.message.contains("calibrate") == true)
        }
    }

    @Test func `an arithmetic that is not known is refused`() throws {
        let path = try TinyExtractor.fixture("OneModel/archive.pth")
        let recipe = Recipe(
            fields: try TinyExtractor.make().recipe.fields + [Recipe.Field(name: "arithmetic", value: "int2 x")]
        )
        let error = #expect(throws: RecError.self) {
            try CNNFeatureExtractor(recipe: recipe, weights: path, among: [Self.backbone])
        }
        #expect(error?.code == .invalidSetting)
    }

    @Test(
        arguments: [
            "", "{", "[]", "{}", #"{"version": 2}"#, #"{"version": 1}"#, #"{"version": 1, "weights": 3}"#,
            #"{"version": 1, "weights": "W"}"#, #"{"version": 1, "weights": "W", "ranges": []}"#,
            #"{"version": 1, "weights": "W", "ranges": {"a": [0]}}"#,
            #"{"version": 1, "weights": "W", "ranges": {"a": [0, 1, 2]}}"#,
            #"{"version": 1, "weights": "W", "ranges": {"a": [1, 2]}}"#,
            #"{"version": 1, "weights": "W", "ranges": {"a": [-2, -1]}}"#,
            #"{"version": 1, "weights": "W", "ranges": {"a": [0, 1e400]}}"#,
            #"{"version": 1, "weights": "W", "ranges": {"a": [-3e38, 3e38]}}"#,
            #"{"version": 1, "weights": "W", "ranges": {"a": ["0", 1]}}"#,
            #"{"version": 1, "weights": "W", "ranges": {"a": [0, 1], "a": [0, 1]}}"#,
            #"{"version": 1, "weights": "W", "ranges": {}, "floats": "conv"}"#,
            #"{"version": 1, "weights": "W", "ranges": {}, "floats": [1]}"#,
            #"{"version": 1, "weights": "other", "ranges": {}}"#,
            #"{"version": 1, "weights": "W", "layer": "fc2", "ranges": {}}"#,
            #"{"version": 1, "weights": "W", "ranges": {}} x"#,
        ]
    )
    func `a file of ranges that is not valid is refused`(_ text: String) throws {
        try withFolder([:]) { folder in
            let path = try Self.copyWeights(to: folder)
            let weights = try WeightFile(path: path).sha256
            let content = text.replacingOccurrences(of: "\"W\"", with: "\"\(weights)\"")
            try Data(content.utf8).write(to: URL(fileURLWithPath: RangesFile.path(beside: path)))
            let error = #expect(throws: RecError.self) { try Self.open(path, .int8) }
            #expect(error?.code == .invalidRanges)
            #expect(error?.path == RangesFile.path(beside: path))
        }
    }
}
