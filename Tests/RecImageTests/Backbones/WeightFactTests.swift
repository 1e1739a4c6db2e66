import Foundation
import RecCore
import RecImage
import RecNetwork
import Testing

/// Weights whose tensors fit several networks or trainings: what decides, and what is said.
@Suite struct `What is known of weights beyond their tensors` {
    /// Copies the weights of the tiny VGG into a folder with other files, and opens them there.
    private func extractor(
        _ files: [String: String],
        backbone: Backbone = Backbone.vgg("tiny", VGG(convolutions: [1, 1, 1], widths: [4, 8, 8], hidden: 16)),
        settings: ExtractionSettings = ExtractionSettings()
    ) throws -> CNNFeatureExtractor {
        try withFolder(files) { folder in
            let path = "\(folder)/model.safetensors"
            try FileManager.default.copyItem(atPath: TinyExtractor.fixture("OneModel/model.safetensors"), toPath: path)
            return try CNNFeatureExtractor(backbone, weights: path, settings: settings)
        }
    }

    private func timm(_ input: String, architecture: String = "tiny") -> [String: String] {
        ["config.json": #"{"architecture": "\#(architecture)", "num_classes": 10, "pretrained_cfg": {\#(input)}}"#]
    }

    static let stated: [(input: String, preprocessing: Preprocessing)] = [
        ("", .timm()),
        (#""interpolation": "bicubic", "crop_pct": 0.95, "input_size": [3, 224, 224]"#, .timm(cropFraction: 0.95)),
        (
            #""interpolation": "bilinear", "crop_pct": 0.875, "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]"#,
            .timm(filter: .bilinear, normalization: .inception)
        ),
        (
            #""input_size": [3, 160, 160], "crop_pct": 0.95, "test_input_size": [3, 224, 224]"#,
            .timm(size: 160, cropFraction: 0.95)
        ),
        (#""crop_pct": 1, "interpolation": "lanczos", "tag": null"#, .timm(cropFraction: 1, filter: .lanczos)),
        (
            #""crop_mode": "squash", "crop_pct": 1.0"#,
            Preprocessing(
                resize: .stretch(ImageSize(width: 224, height: 224)),
                filter: .bicubic,
                outputSize: ImageSize(width: 224, height: 224)
            )
        ),
    ]

    @Test(arguments: stated.indices)
    func `a config.json of timm states the preprocessing, and the recipe keeps it`(index: Int) throws {
        let (input, preprocessing) = Self.stated[index]
        let extractor = try extractor(timm(input))
        #expect(extractor.preprocessing == preprocessing)
        #expect(extractor.recipe["preprocessing"] == preprocessing.description)
        #expect(extractor.model.origin.contains("as config.json beside the weights says"))
    }

    @Test(arguments: [
        #""crop_mode": "border""#, #""input_size": [3, 224, 256]"#, #""input_size": [1, 224, 224]"#,
        #""interpolation": "random""#, #""crop_pct": 0"#, #""crop_pct": 7"#, #""std": [0, 1, 1]"#, #""mean": [1, 2]"#,
        #""input_size": [3, 100000, 100000]"#, #""crop_pct": 1e-300"#,
    ])
    func `a preprocessing that is not supported is an error, unless one is stated`(input: String) throws {
        let error = try #require(throws: RecError.self) { try extractor(timm(input)) }
        #expect(error.code == .invalidSetting)
        #expect(error.path?.hasSuffix("config.json") == true)
        let settings = ExtractionSettings(preprocessing: .torchvisionV2)
        #expect(try extractor(timm(input), settings: settings).preprocessing == .torchvisionV2)
    }

    @Test(arguments: ["", "{", "[]", "{}", #"{"architectures": ["Bert"], "model_type": "bert"}"#])
    func `another config.json says nothing`(text: String) throws {
        let extractor = try extractor(["config.json": text])
        #expect(extractor.preprocessing == .torchvisionV1)
        #expect(extractor.model.origin.contains("the default for names of torchvision"))
    }

    @Test(arguments: ["resnetblur50", "resnetaa50.a1h_in1k", "vgg16_other"])
    func `a network of another name with the same tensors is refused`(architecture: String) throws {
        let error = try #require(throws: RecError.self) { try extractor(timm("", architecture: architecture)) }
        #expect(error.code == .wrongArchitecture)
        #expect(error.message.contains(architecture.prefix { $0 != "." }))
        #expect(error.message.contains("config.json"))
    }

    @Test func `a tag behind the name of the network does not matter`() throws {
        #expect(try extractor(timm("", architecture: "tv_tiny.in1k")).preprocessing == .timm())
    }

    @Test func `a backbone of the host has its own preprocessing`() throws {
        let variants = Backbone.vgg("own", VGG(convolutions: [1, 1, 1], widths: [4, 8, 8], hidden: 16)).variants
        let own = Backbone(
            name: "own",
            variants: variants.map {
                Backbone.Variant(naming: $0.naming, preprocessing: .torchvisionV2, network: $0.network)
            }
        )
        #expect(try extractor(timm(""), backbone: own).preprocessing == .torchvisionV2)
    }

    @Test func `a config.json beside files of Keras says nothing about them`() throws {
        let model = try BackboneModel(
            backbone: .resnet50,
            weights: BackboneGoldens.golden("resnet50-keras").weights(),
            inputSize: 32,
            facts: WeightFacts(architecture: "resnetblur50", preprocessing: .timm(), origin: "the test")
        )
        #expect(model.preprocessing == .kerasCaffe)
    }

    @Test(arguments: ["arch.pth", "own-arch.pth"])
    func `a checkpoint may name the network, or something of its own`(file: String) throws {
        #expect(try TinyExtractor.make(file).recipe["backbone"] == "tiny")
    }

    @Test(arguments: [("other-arch.pth", "resnetblur50"), ("caffe.pth", "caffe")])
    func `a checkpoint that names another network with the same tensors is refused`(file: String, words: String) throws
    {
        let error = try #require(throws: RecError.self) { try TinyExtractor.make(file) }
        #expect(error.code == .wrongArchitecture)
        #expect(error.message.contains(words))
    }

    // MARK: Hugging Face

    private func huggingFace(_ more: String = "", processor: String? = nil) -> [String: String] {
        var files = ["config.json": #"{"model_type": "resnet", "architectures": ["ResNetModel"]\#(more)}"#]
        files["preprocessor_config.json"] = processor
        return files
    }

    /// A preset whose crop is placed as transformers does.
    private static func rounded(_ preset: Preprocessing, _ normalization: PixelNormalization) -> Preprocessing {
        Preprocessing(
            resize: preset.resize,
            filter: preset.filter,
            outputSize: preset.outputSize,
            normalization: normalization,
            cropRounding: .down
        )
    }

    static let processors: [(text: String, preprocessing: Preprocessing)] = [
        (
            #"{"feature_extractor_type": "ConvNextFeatureExtractor", "crop_pct": 0.875, "resample": 3, "size": 224}"#,
            rounded(.timm(), .inception)
        ),
        (
            #"{"image_processor_type": "ConvNextImageProcessor", "resample": 2, "size": {"shortest_edge": 288}, "crop_pct": 0.9}"#,
            rounded(.timm(size: 288, cropFraction: 0.9, filter: .bilinear), .inception)
        ),
        (
            #"{"image_processor_type": "BitImageProcessor", "size": {"shortest_edge": 232}, "resample": 2, "do_center_crop": true, "crop_size": {"height": 224, "width": 224}}"#,
            rounded(.torchvisionV2, .clip)
        ),
        (
            #"{"image_processor_type": "ViTImageProcessor", "size": {"height": 224, "width": 224}, "resample": 2, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}"#,
            Preprocessing(
                resize: .stretch(ImageSize(width: 224, height: 224)),
                filter: .bilinear,
                outputSize: ImageSize(width: 224, height: 224),
                normalization: .inception
            )
        ),
    ]

    @Test(arguments: processors.indices)
    func `an image processor of Hugging Face states the preprocessing`(index: Int) throws {
        let (text, preprocessing) = Self.processors[index]
        #expect(try extractor(huggingFace(processor: text)).preprocessing == preprocessing)
    }

    @Test(arguments: [
        #", "downsample_in_bottleneck": true"#, #", "downsample_in_first_stage": true"#, #", "hidden_act": "gelu""#,
    ])
    func `a ResNet of Hugging Face that computes something else is refused`(more: String) throws {
        let error = try #require(throws: RecError.self) { try extractor(huggingFace(more)) }
        #expect(error.code == .wrongArchitecture)
    }

    // MARK: EfficientNet-Lite0 of timm

    private func features(_ model: BackboneModel) throws -> [Float] {
        try model.features(of: ReferenceWeights.image(64).span, count: 1, workspace: Workspace(for: model.plan))
    }

    private func lite(_ backbone: String, _ architecture: String?) throws -> BackboneModel {
        try BackboneModel(
            backbone: .named(backbone),
            weights: BackboneGoldens.golden("efficientnet-lite0-timm").weights(),
            inputSize: 64,
            facts: architecture.map { WeightFacts(architecture: $0, preprocessing: nil, origin: "the test") }
        )
    }

    @Test func `facts choose between timm's two networks, and the recipe's name is that of the chosen one`() throws {
        let usual = try lite("efficientnet-lite0", nil)
        let converted = try lite("efficientnet-lite0", "tf_efficientnet_lite0")
        let own = try lite("efficientnet-lite0", "efficientnet_lite0")
        #expect(usual.backboneName == "efficientnet-lite0")
        #expect(converted.backboneName == "efficientnet-lite0")
        #expect(own.backboneName == "efficientnet-lite0-timm")
        #expect(usual.preprocessing == .timm(normalization: .inception))
        #expect(own.preprocessing == .timm())
        #expect(try features(usual) == features(converted))
        #expect(try features(own) == features(lite("efficientnet-lite0-timm", nil)))
        #expect(try features(own) != features(usual))
    }

    @Test func `facts that contradict a backbone of its own name are an error that names the other`() throws {
        let error = try #require(throws: RecError.self) { try lite("efficientnet-lite0-timm", "tf_efficientnet_lite0") }
        #expect(error.code == .wrongArchitecture)
        #expect(error.message.contains("Choose the backbone efficientnet-lite0."))
    }

    // MARK: Published files

    @Test(arguments: [
        ("0676ba61", "resnet50", Preprocessing.torchvisionV1), ("11ad3fa6", "resnet50", .torchvisionV2),
        ("cd907fc2", "resnet101", .torchvisionV2), ("f82ba261", "resnet152", .torchvisionV2),
        ("14fe96d1", "resnet50", .timm(cropFraction: 0.95)), ("84f4748f", "resnetblur50", .timm()),
        ("37913777", "efficientnet_lite0", .timm()),
        ("0aa007d2", "tf_efficientnet_lite0", .timm(normalization: .inception)),
        ("397923af", "vgg16", .torchvisionV1),
    ])
    func `published files are known by their digest`(
        digest: String,
        architecture: String,
        preprocessing: Preprocessing
    ) throws {
        let facts = try #require(WeightFacts.published(sha256: digest + String(repeating: "0", count: 56)))
        #expect(facts.architecture == architecture)
        #expect(facts.preprocessing == preprocessing)
    }

    @Test func `the digest is that of the content, not of the name`() throws {
        try withFolder([:]) { folder in
            let path = "\(folder)/resnet50-11ad3fa6.pth"
            try FileManager.default.copyItem(atPath: TinyExtractor.fixture("OneModel/archive.pth"), toPath: path)
            let tiny = Backbone.vgg("tiny", VGG(convolutions: [1, 1, 1], widths: [4, 8, 8], hidden: 16))
            #expect(try CNNFeatureExtractor(tiny, weights: path).preprocessing == .torchvisionV1)
        }
    }

    // MARK: Names of preprocessing

    @Test(arguments: Preprocessing.named.map(\.name))
    func `a preset is found by its name and by its text`(name: String) throws {
        let preset = try Preprocessing(named: name)
        let presetName = try #require(preset.name)
        #expect(Preprocessing.named.contains { $0.name == presetName && $0.preprocessing == preset })
        #expect(try Preprocessing(named: preset.description) == preset)
    }

    @Test func `an unknown name is answered with those there are`() throws {
        let error = try #require(throws: RecError.self) { try Preprocessing(named: "torchvision-v3") }
        #expect(error.code == .invalidSetting)
        #expect(error.message.contains("torchvision-v1, torchvision-v2"))
    }
}
