import Foundation
import RecCore
import RecImage
import RecNetwork
import Testing

/// A network in an ONNX file as a backbone, against ONNX Runtime (`Scripts/goldens/onnx_backbone.py`).
@Suite struct ONNXBackboneTests {
    private static let side = 16

    private static func path(_ name: String) throws -> String {
        try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/ONNX/\(name)").path
    }

    /// The picture of the script.
    private static let pixels = (7..<UInt64(7 + 3 * side * side)).map {
        Float(Double($0 * 2_654_435_761 % 4_294_967_296) / 2_147_483_648 - 1)
    }

    private static let square = Preprocessing(
        resize: .stretch(ImageSize(width: side, height: side)),
        filter: .bilinear,
        outputSize: ImageSize(width: side, height: side)
    )

    @Test(arguments: [
        ("mean", "pooled", FeaturePooling.average), ("maximum", "pooled", .maximum), ("token", "map", .token),
        ("map", "map", .none), ("mean", "vector", .average), ("logits", "logits", .average),
    ])
    func `features are those of ONNX Runtime, from any tensor and with any pooling`(
        _ name: String,
        _ layer: String,
        _ pooling: FeaturePooling
    ) throws {
        let expected = try JSONDecoder().decode(
            [String: [Double]].self,
            from: Data(contentsOf: URL(fileURLWithPath: Self.path("expected.json")))
        )
        let pixels = Self.pixels
        for file in ["fixed.onnx", "free.onnx"] {
            let settings = ExtractionSettings(
                layer: FeatureLayer(rawValue: layer),
                pooling: pooling,
                preprocessing: Self.square
            )
            let extractor = try CNNFeatureExtractor(Backbone(onnx: Self.path(file)), settings: settings)
            let features = try extractor.model.features(
                of: pixels.span,
                count: 1,
                pooling: pooling,
                workspace: Workspace(for: extractor.model.plan)
            )
            let reference = try #require(expected[name])
            #expect(extractor.dimension == reference.count)
            #expect(features.count == reference.count)
            for (feature, value) in zip(features, reference) { #expect(abs(Double(feature) - value) < 1e-5) }
        }
    }

    @Test func `a recipe opens the network again, and refuses another file`() throws {
        let settings = ExtractionSettings(pooling: .maximum, preprocessing: Self.square)
        let extractor = try CNNFeatureExtractor(Backbone(onnx: Self.path("free.onnx")), settings: settings)
        #expect(extractor.recipe["backbone"] == "onnx")
        let again = try CNNFeatureExtractor(recipe: extractor.recipe, weights: Self.path("free.onnx"))
        #expect(again.recipe == extractor.recipe)
        let error = #expect(throws: RecError.self) {
            try CNNFeatureExtractor(recipe: extractor.recipe, weights: Self.path("fixed.onnx"))
        }
        #expect(error?.code.name == "recipe-mismatch")
    }

    @Test func `a preprocessing of another size than the file's is refused, and free sizes take it`() throws {
        let settings = ExtractionSettings(preprocessing: .torchvisionV1)
        let error = #expect(throws: RecError.self) {
            try CNNFeatureExtractor(Backbone(onnx: Self.path("fixed.onnx")), settings: settings)
        }
        #expect(error?.code.name == "invalid-setting")
        #expect(error?.message.contains("16x16") == true)
        let free = try CNNFeatureExtractor(Backbone(onnx: Self.path("free.onnx")), settings: settings)
        #expect(free.model.plan.input == FeatureMapShape(channels: 3, height: 224, width: 224))
    }

    @Test func `a picture without pixels is refused`() throws {
        let file = try Data(contentsOf: URL(fileURLWithPath: Self.path("fixed.onnx")))
        // The dimensions 1, 3, 16 and 16 of the input.
        let shape = Data([0x0A, 2, 8, 1, 0x0A, 2, 8, 3, 0x0A, 2, 8, 16, 0x0A, 2, 8, 16])
        let place = try #require(file.range(of: shape))
        for (offset, byte) in [(11, 0 as UInt8), (15, 0)] {
            var changed = file
            changed[place.lowerBound + offset] = byte
            let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).onnx")
            try changed.write(to: path)
            defer { try? FileManager.default.removeItem(at: path) }
            let error = #expect(throws: RecError.self) { try CNNFeatureExtractor(Backbone(onnx: path.path)) }
            #expect(error?.code.name == "unsupported-onnx")
            #expect(error?.message.contains("sides are from 1 to 4096") == true)
        }
    }

    @Test func `a backbone without its weights needs a path`() {
        let error = #expect(throws: RecError.self) { try CNNFeatureExtractor(.resnet50) }
        #expect(error?.code.name == "invalid-setting")
    }

    @Test func `a tensor that the graph lacks is an unknown layer`() throws {
        let settings = ExtractionSettings(layer: "mapp", preprocessing: Self.square)
        let error = #expect(throws: RecError.self) {
            try CNNFeatureExtractor(Backbone(onnx: Self.path("fixed.onnx")), settings: settings)
        }
        #expect(error?.code.name == "unknown-layer")
        #expect(error?.message.contains("map") == true)
    }
}
