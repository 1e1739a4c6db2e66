import RecCompute
import RecCore
import RecImage
import RecNetwork
import RecTesting
import Testing

/// Every built-in backbone against the library that defines it, on weights and an image that both compute by a formula.
///
/// The bound on the cosine is ten times and more what we promise; that on single features is what catches a wrong
/// border or epsilon, which a cosine forgives.
@Suite struct BackboneFeatureTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let golden: String
        let backbone: String
        let convention: WeightConvention
        /// Whether unoptimised kernels are fast enough for it.
        let isSmall: Bool
        var testDescription: String { golden }

        init(
            _ golden: String,
            _ backbone: String? = nil,
            _ convention: WeightConvention = .torchvision,
            isSmall: Bool = false
        ) {
            self.golden = golden
            self.backbone = backbone ?? golden
            self.convention = convention
            self.isSmall = isSmall
        }
    }

    /// Settings, and how near the features come to the library's.
    enum Execution: String, Sendable, CaseIterable {
        case scalar
        case exact
        case throughput
        case latency

        var settings: ExecutionSettings {
            switch self {
            case .scalar: ExecutionSettings(arithmetic: .exact, level: .scalar)
            case .exact: ExecutionSettings(arithmetic: .exact)
            case .throughput: .throughput
            case .latency: .latency(threads: 2)
            }
        }

        /// The greatest 1 - cosine; the promise is 1e-5.
        var angle: Double { isExact ? 1e-10 : 1e-6 }

        /// The greatest error of a feature, relative to the root mean square of all.
        var error: Double { isExact ? 5e-5 : 1e-3 }

        private var isExact: Bool { self == .scalar || self == .exact }
    }

    static let rows: [Row] = [
        Row("resnet18", isSmall: true), Row("resnet18-maximum", "resnet18"), Row("resnet18-gem", "resnet18"),
        Row("resnet34"),
        Row("resnet50"), Row("resnet101"), Row("resnet152"),
        Row("vgg11"), Row("vgg13"), Row("vgg16"), Row("vgg19"),
        Row("vgg11_bn", isSmall: true), Row("vgg13_bn"), Row("vgg16_bn"), Row("vgg19_bn"),
        Row("vgg16-fc2", "vgg16"), Row("vgg16-timm-fc2", "vgg16", .timm),
        Row("efficientnet-lite0", nil, .efficientNetLite, isSmall: true),
        Row("efficientnet-lite0-timm", "efficientnet-lite0", .timm),
        Row("resnet50-keras", "resnet50", .keras), Row("resnet50-keras-legacy", "resnet50", .kerasLegacy),
        Row("vgg16-keras", "vgg16", .keras), Row("vgg16-keras-fc2", "vgg16", .keras),
        Row("resnet18-sequential", "resnet18", isSmall: true), Row("resnet18-hugging-face", "resnet18", .huggingFace),
        Row("resnet50-hugging-face", "resnet50", .huggingFace),
        Row("efficientnet-lite0-timm-own", "efficientnet-lite0-timm", .timm, isSmall: true),
        Row("efficientnet-lite1-timm", "efficientnet-lite1", .timm),
        Row("efficientnet-lite2-timm", "efficientnet-lite2", .timm, isSmall: true),
        Row("vgg16-pool5", "vgg16"), Row("vgg16-keras-pool5", "vgg16", .keras),
    ]

    /// The newer families, in the names of each library.
    static let families: [Row] = {
        var rows = [
            Row("timm-mobilenetv2_100", "mobilenet_v2", .timm),
            Row("timm-mobilenetv3_large_100", "mobilenet_v3_large", .timm),
            Row("timm-mobilenetv3_small_100", "mobilenet_v3_small", .timm),
            Row("timm-tf_mobilenetv3_large_100", "tf_mobilenetv3_large_100", .timm),
            Row("timm-tf_mobilenetv3_small_100", "tf_mobilenetv3_small_100", .timm, isSmall: true),
            Row("convnext_tiny-normalized", "convnext_tiny"),
        ]
        for name in ["mobilenet_v2", "mobilenet_v3_large", "mobilenet_v3_small", "densenet121"] {
            rows += [Row(name, isSmall: name.hasPrefix("mobile")), Row("keras-\(name)", name, .keras)]
        }
        for number in 0..<5 {
            let name = "efficientnet_b\(number)"
            rows += [Row(name, isSmall: number == 0), Row("timm-\(name)", name, .timm)]
            rows += [Row("timm-tf_\(name)", "tf_\(name)", .timm), Row("keras-\(name)", name, .keras)]
        }
        for name in ["convnext_tiny", "convnext_small", "convnext_base"] {
            rows += [Row(name), Row("timm-\(name)", name, .timm), Row("keras-\(name)", name, .keras)]
        }
        // timm has other networks under the plain names regnety_008 and regnety_080.
        let regNets = [
            "400mf": "004", "800mf": "008_tv", "1_6gf": "016", "3_2gf": "032", "8gf": "080_tv", "16gf": "160",
        ]
        for (torchvision, timm) in regNets.sorted(by: { $0.value < $1.value }) {
            let name = "regnet_y_\(torchvision)"
            rows += [Row(name, isSmall: timm == "004"), Row("timm-regnety_\(timm)", name, .timm)]
        }
        return rows
    }()

    @Test(arguments: rows + families, Execution.allCases)
    func `features agree with the library that defines the backbone`(_ row: Row, _ execution: Execution) throws {
        guard BuildMode.isOptimized || execution == .scalar || row.isSmall else { return }
        let golden = try BackboneGoldens.golden(row.golden)
        let model = try BackboneModel(
            named: row.backbone,
            weights: golden.weights(),
            layer: FeatureLayer(rawValue: golden.layer),
            inputSize: golden.size,
            execution: execution.settings
        )
        let pooling: FeaturePooling =
            switch golden.pooling {
            case "maximum": .maximum
            case "gem": .generalizedMean()
            default: .average
            }
        let features = try model.features(
            of: ReferenceWeights.image(golden.size).span,
            count: 1,
            pooling: pooling,
            workspace: Workspace(for: model.plan)
        )
        let expected = golden.expected
        #expect(model.convention == row.convention)
        #expect(model.plan.output.channels == expected.count)
        #expect(1 - cosine(features, expected) < execution.angle)
        #expect(relativeError(features, expected) < execution.error)
    }

    @Test(arguments: [
        ("resnet50", "resnet50", Preprocessing.torchvisionV1), ("resnet50-keras", "resnet50", .kerasCaffe),
        ("resnet50-keras-legacy", "resnet50", .kerasCaffe),
        ("efficientnet-lite0", "efficientnet-lite0", .efficientNetLite0),
        ("efficientnet-lite0-timm", "efficientnet-lite0", .timm(normalization: .inception)),
        ("efficientnet-lite0-timm-own", "efficientnet-lite0-timm", .timm()),
        (
            "efficientnet-lite1-timm", "efficientnet-lite1",
            .timm(size: 240, cropFraction: 0.882, normalization: .inception)
        ),
        (
            "efficientnet-lite2-timm", "efficientnet-lite2",
            .timm(size: 260, cropFraction: 0.89, normalization: .inception)
        ),
        ("resnet50-hugging-face", "resnet50", .timm()),
    ])
    func `the weights decide how pictures are prepared`(
        _ golden: String,
        _ backbone: String,
        _ preprocessing: Preprocessing
    ) throws {
        let weights = try BackboneGoldens.golden(golden).weights()
        #expect(try BackboneModel(named: backbone, weights: weights, inputSize: 64).preprocessing == preprocessing)
    }

    @Test(arguments: families)
    func `pictures are prepared as the library prepares them by default`(_ row: Row) throws {
        let golden = try BackboneGoldens.golden(row.golden)
        guard let preparation = golden.preparation else { return }
        let model = try BackboneModel(named: row.backbone, weights: golden.weights())
        #expect(model.preprocessing == preparation.preprocessing)
        #expect(model.plan.input == FeatureMapShape(channels: 3, height: preparation.crop, width: preparation.crop))
    }

    @Test func `an image has the same features alone and in every batch`() throws {
        let weights = try BackboneGoldens.golden("resnet18").weights()
        let model = try BackboneModel(named: "resnet18", weights: weights, inputSize: 64)
        let workspace = Workspace(for: model.plan)
        let images = (0..<3).map { ReferenceWeights.image(64, named: "image \($0)") }
        let alone = try images.map { try model.features(of: $0.span, count: 1, workspace: workspace) }
        let batch = images.flatMap(\.self)
        #expect(try model.features(of: batch.span, count: 3, workspace: workspace) == alone.flatMap(\.self))
        #expect(alone[0] != alone[1])
    }

    @Test func `several tasks run one model at the same time, each with its workspace`() async throws {
        BLAS.setThreadCount(1)
        let weights = try BackboneGoldens.golden("resnet18").weights()
        let model = try BackboneModel(named: "resnet18", weights: weights, inputSize: 64)
        let image = ReferenceWeights.image(64)
        let expected = try model.features(of: image.span, count: 1, workspace: Workspace(for: model.plan))
        try await withThrowingTaskGroup(of: [Float].self) { group in
            for _ in 0..<8 {
                group.addTask { try model.features(of: image.span, count: 1, workspace: Workspace(for: model.plan)) }
            }
            for try await features in group { #expect(features == expected) }
        }
    }

    @Test(arguments: [(64, 2), (96, 3), (288, 9)])
    func `pooled features can be computed for other image sizes`(_ size: Int, _ side: Int) throws {
        let weights = try BackboneGoldens.golden("resnet18").weights()
        let model = try BackboneModel(named: "resnet18", weights: weights, inputSize: size)
        #expect(model.plan.output == FeatureMapShape(channels: 512, height: side, width: side))
        #expect(model.plan.output.channels == 512)
    }

    @Test func `feature maps are the values before pooling`() throws {
        let weights = try BackboneGoldens.golden("resnet18").weights()
        let model = try BackboneModel(named: "resnet18", weights: weights, inputSize: 64)
        let workspace = Workspace(for: model.plan)
        let image = ReferenceWeights.image(64)
        let map = model.featureMaps(of: image.span, count: 1, workspace: workspace)
        let features = try model.features(of: image.span, count: 1, workspace: workspace)
        let means = (0..<512).map { channel in (0..<4).reduce(0.0) { $0 + Double(map[channel * 4 + $1]) } / 4 }
        #expect(means.map { Float($0) } == features)
    }

    @Test func `fully connected features exist for the network's own image size only`() throws {
        let weights = try BackboneGoldens.golden("vgg16-fc2").weights()
        let error = #expect(throws: RecError.self) {
            try BackboneModel(named: "vgg16", weights: weights, layer: .fc2, inputSize: 288)
        }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("'fc1' takes 512x7x7 and is given 512x9x9") == true)
    }

    @Test func `an image that makes a feature infinite is reported`() throws {
        let weights = try BackboneGoldens.golden("resnet18").weights()
        let model = try BackboneModel(named: "resnet18", weights: weights, inputSize: 32)
        let image = [Float](repeating: .nan, count: 3 * 32 * 32)
        let error = #expect(throws: RecError.self) {
            try model.features(of: image.span, count: 1, workspace: Workspace(for: model.plan))
        }
        #expect(error?.code == .notFinite)
    }

    private func cosine(_ found: [Float], _ expected: [Double]) -> Double {
        guard found.count == expected.count else { return -1 }
        let dot = zip(found, expected).reduce(0) { $0 + Double($1.0) * $1.1 }
        let squares = found.reduce(0.0) { $0 + Double($1) * Double($1) } * expected.reduce(0) { $0 + $1 * $1 }
        return dot / squares.squareRoot()
    }
}
