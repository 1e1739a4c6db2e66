import Foundation
import RecCore
import RecImage
import RecNetwork
import RecTesting
import Testing

/// From a picture file and a weight file to features: one tiny VGG that PyTorch and Keras saved in every format, against
/// what PyTorch computes (`Scripts/goldens/one_model.py`).
@Suite struct `One model in every weight format` {
    static let files = [
        "archive.pth", "stream.pth", "tar.pth", "model.safetensors", "model.h5", "model.weights.h5",
    ]

    @Test(arguments: files, [FeatureLayer.pooled, .fc2])
    func `gives the features that PyTorch gives, from the picture file on`(_ file: String, _ layer: FeatureLayer)
        async throws
    {
        let extractor = try TinyExtractor.make(file, layer: layer)
        let goldens = try Self.goldens()
        #expect(goldens.count == 6)
        for (picture, layers) in goldens {
            let expected = try #require(layers[layer.rawValue])
            let features = try #require(try await extractor.rawFeatures(of: [Self.picture(picture)]).first).get()
            #expect(features.count == expected.count)
            let scale = expected.map(abs).max() ?? 0
            for (found, wanted) in zip(features, expected) {
                #expect(abs(Double(found) - wanted) < 1e-5 * scale, "\(picture)")
            }
        }
    }

    @Test func `the recipe differs by weight file, layer, pooling, preprocessing, decoding and orientation`() throws {
        let base = try TinyExtractor.make("archive.pth").recipe
        let others = [
            try TinyExtractor.make("stream.pth").recipe,
            try TinyExtractor.make("archive.pth", layer: .fc2).recipe,
            try TinyExtractor.make("archive.pth") { $0.pooling = .maximum }.recipe,
            try TinyExtractor.make("archive.pth") { $0.preprocessing = .timm(size: 56) }.recipe,
            try TinyExtractor.make("archive.pth") { $0.decoding = .fast }.recipe,
            try TinyExtractor.make("archive.pth") { $0.orientation = .ignore }.recipe,
            try TinyExtractor.make("archive.pth") { $0.damage = .accepted }.recipe,
        ]
        #expect(try TinyExtractor.make("archive.pth").recipe == base)
        #expect(Set(others + [base]).count == others.count + 1)
        for other in others { #expect(!base.differences(from: other).isEmpty) }
    }

    @Test func `a truncated picture is refused, or used as far as it goes`() async throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: TinyExtractor.fixture("Pictures/baseline-420.jpg")))
        let cut = PictureSource.data(Array(whole.prefix(whole.count * 3 / 4)), name: "cut.jpg")
        let error = await #expect(throws: RecError.self) {
            try await TinyExtractor.make("archive.pth").features(of: cut)
        }
        #expect(error?.code == .truncatedImage)
        let kept = try await TinyExtractor.make("archive.pth") { $0.damage = .accepted }.features(of: cut)
        #expect(
            kept.components
                != (try await TinyExtractor.make("archive.pth").features(of: Self.picture("baseline-420"))).components
        )
    }

    @Test func `weights that do not fit are an error that names their file`() throws {
        let path = try TinyExtractor.fixture("OneModel/archive.pth")
        let error = #expect(throws: RecError.self) {
            try CNNFeatureExtractor(.resnet50, weights: WeightFile(path: path))
        }
        #expect(error?.code == .wrongArchitecture)
        #expect(error?.path == path)
    }

    @Test func `the orientation is applied or ignored as told`() async throws {
        let applied = try await TinyExtractor.make("archive.pth").features(of: Self.picture("exif-6"))
        let ignored = try await TinyExtractor.make("archive.pth") { $0.orientation = .ignore }
            .features(of: Self.picture("exif-6"))
        #expect(applied.components != ignored.components)
        #expect(applied.recipe != ignored.recipe)
    }

    @Test func `it keeps what a feature extractor has to keep`() async throws {
        try await FeatureExtractorConformance.check(
            TinyExtractor.make("model.safetensors"),
            inputs: [Self.picture("baseline-420"), Self.picture("cmyk"), Self.picture("odd-53x80")],
            broken: .file("no-such.jpg")
        )
    }

    @Test func `a picture that cannot be used is an error of its own, with its name`() async throws {
        let pictures = try [
            PictureSource.file("no-such.jpg"), Self.picture("gray"), .data(Array("GIF89a".utf8), name: "a.jpg"),
        ]
        let results = try await TinyExtractor.make("archive.pth").features(of: pictures)
        let codes = results.map { result -> RecError.Code? in
            if case .failure(let error as RecError) = result { error.code } else { nil }
        }
        #expect(codes == [.fileNotFound, nil, .unknownPictureFormat])
        #expect(throws: RecError.self) { try results[0].get() }
    }

    private static func picture(_ name: String) throws -> PictureSource {
        .file(try TinyExtractor.fixture("Pictures/\(name).jpg"))
    }

    private static func goldens() throws -> [String: [String: [Double]]] {
        let data = try Data(contentsOf: URL(fileURLWithPath: TinyExtractor.fixture("OneModel/expected.json")))
        return try JSONDecoder().decode([String: [String: [Double]]].self, from: data)
    }
}
