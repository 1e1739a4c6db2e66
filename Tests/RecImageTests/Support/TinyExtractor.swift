import Foundation
import RecImage
import RecNetwork
import Testing

/// Extractors with the tiny VGG of the fixtures (`Scripts/goldens/one_model.py`), for pictures of 56 x 56.
enum TinyExtractor {
    /// An extractor with the weights of a fixture.
    static func make(
        _ file: String = "archive.pth",
        layer: FeatureLayer = .pooled,
        _ change: (inout ExtractionSettings) -> Void = { _ in }
    ) throws -> CNNFeatureExtractor {
        var settings = ExtractionSettings(
            layer: layer,
            preprocessing: .timm(size: 56, cropFraction: 0.875, filter: .bilinear)
        )
        change(&settings)
        return try make(file, settings: settings)
    }

    /// An extractor with the weights of a fixture, whose settings are given as a whole.
    static func make(_ file: String = "archive.pth", settings: ExtractionSettings) throws -> CNNFeatureExtractor {
        let tiny = Backbone.vgg("tiny", VGG(convolutions: [1, 1, 1], widths: [4, 8, 8], hidden: 16))
        return try CNNFeatureExtractor(tiny, weights: WeightFile(path: fixture("OneModel/\(file)")), settings: settings)
    }

    /// The path of a fixture.
    static func fixture(_ name: String) throws -> String {
        try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/\(name)").path
    }
}
