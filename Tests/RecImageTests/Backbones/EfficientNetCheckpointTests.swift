import Foundation
import RecCore
import RecImage
import RecNetwork
import Testing

/// The default model's real weights, when `make model` has fetched them.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: checkpoint), "the default model is not there: make model"))
struct `The EfficientNet-Lite0 checkpoint` {
    @Test func `gives the features of the PyTorch port`() throws {
        let golden = try BackboneGoldens.golden("efficientnet-lite0-imagenet")
        let model = try BackboneModel(backbone: .efficientNetLite0, weights: WeightFile(path: checkpoint))
        let features = try model.features(
            of: ReferenceWeights.image(224).span,
            count: 1,
            workspace: Workspace(for: model.plan)
        )
        #expect(model.convention == .efficientNetLite)
        #expect(features.count == 1280)
        let rms = (golden.expected.reduce(0) { $0 + $1 * $1 } / 1280).squareRoot()
        for (found, wanted) in zip(features, golden.expected) { #expect(abs(Double(found) - wanted) < 5e-5 * rms) }
    }

    @Test func `is no ResNet50`() throws {
        let weights = try WeightFile(path: checkpoint)
        #expect {
            try BackboneModel(backbone: .resnet50, weights: weights)
        } throws: { error in
            (error as? RecError)?.code == .wrongArchitecture
        }
    }
}

private let checkpoint = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../.models/efficientnet-lite0-57934424.pth").standardized.path()
