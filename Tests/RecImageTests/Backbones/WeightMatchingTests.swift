import RecCore
import RecImage
import RecNetwork
import Testing

/// Which files a backbone takes, and what is said about those it does not take.
@Suite struct WeightMatchingTests {
    func load(
        _ weights: any TensorSource,
        as backbone: String = "resnet18",
        layer: FeatureLayer = .pooled
    ) throws -> BackboneModel {
        try BackboneModel(named: backbone, weights: weights, layer: layer, inputSize: layer == .fc2 ? 224 : 32)
    }

    /// The features of unchanged weights.
    static let plain = Result { try features("resnet18", of: "resnet18") }
    static let plainKeras = Result { try features("resnet50-keras", of: "resnet50") }

    private static func features(_ golden: String, of backbone: String) throws -> [Float] {
        let tests = WeightMatchingTests()
        return try tests.features(tests.load(tests.weights(golden), as: backbone))
    }

    func weights(_ golden: String) throws -> ReferenceWeights { try BackboneGoldens.golden(golden).weights() }

    func features(_ model: BackboneModel) throws -> [Float] {
        try model.features(
            of: ReferenceWeights.image(32).span,
            count: 1,
            workspace: Workspace(for: model.plan)
        )
    }

    @Test(arguments: ["module.", "model.", "state_dict.backbone."])
    func `PyTorch names may stand behind a prefix`(_ prefix: String) throws {
        let plain = try weights("resnet18")
        let model = try load(plain.renaming { prefix + $0 })
        #expect(try features(model) == Self.plain.get())
    }

    @Test func `the classifier may be missing or replaced`() throws {
        let plain = try weights("resnet18")
        let headless = plain.removing { $0.hasPrefix("fc.") }
        #expect(try features(load(headless)) == Self.plain.get())
        let replaced = plain.renaming { $0.replacing("fc.", with: "fc.1.") }
        #expect(try features(load(replaced)) == Self.plain.get())
    }

    @Test func `batch counters may be missing`() throws {
        let plain = try weights("resnet18").removing { $0.hasSuffix("num_batches_tracked") }
        #expect(throws: Never.self) { try load(plain) }
    }

    @Test(arguments: ["model_weights/", "model_weights/resnet50/", "resnet50/"])
    func `Keras paths may stand behind groups`(_ prefix: String) throws {
        let plain = try weights("resnet50-keras")
        let model = try load(plain.renaming { prefix + $0 }, as: "resnet50")
        #expect(model.convention == .keras)
        #expect(try features(model) == Self.plainKeras.get())
    }

    @Test func `Keras 3 spells roles without a number`() throws {
        let plain = try weights("resnet50-keras")
        let model = try load(plain.renaming { $0.replacing(":0", with: "") }, as: "resnet50")
        #expect(try features(model) == Self.plainKeras.get())
    }

    @Test(arguments: ["layers/", "_layer_checkpoint_dependencies/", "layers/functional/layers/"])
    func `Keras 3 files that number their layers are read by order`(_ prefix: String) throws {
        let groups = try #require(try BackboneGoldens.shared.get().kerasVariables["resnet50"])
        let numbered = Dictionary(uniqueKeysWithValues: groups.map { ($1, $0) })
        let plain = try weights("resnet50-keras")
        var renamed = plain.renaming { prefix + Self.variable($0, in: numbered) }
        renamed.tensorNames.sort()  // as HDF5 keeps them: not in the order of the model
        let model = try load(renamed, as: "resnet50")
        #expect(model.convention == .keras)
        #expect(try features(model) == Self.plainKeras.get())
    }

    @Test func `a numbered Keras 3 file of VGG16 is read by order`() throws {
        let groups = try #require(try BackboneGoldens.shared.get().kerasVariables["vgg16"])
        let numbered = Dictionary(uniqueKeysWithValues: groups.map { ($1, $0) })
        let plain = try weights("vgg16-keras").removing { $0.hasPrefix("fc") || $0.hasPrefix("predictions") }
        let model = try load(plain.renaming { "layers/" + Self.variable($0, in: numbered) }, as: "vgg16")
        #expect(try features(model) == features(load(plain, as: "vgg16")))
    }

    @Test(arguments: [
        ("mobilenet_v2", "MobileNetV2"), ("mobilenet_v3_small", "MobileNetV3Small"),
        ("efficientnet_b0", "EfficientNetB0"),
        ("densenet121", "DenseNet121"),
    ])
    func `numbered Keras 3 files of newer families are read by order`(_ name: String, _ model: String) throws {
        let groups = try #require(try BackboneGoldens.families.get().kerasVariables[model])
        let numbered = Dictionary(uniqueKeysWithValues: groups.map { ($1, $0) })
        let plain = try weights("keras-\(name)").removing { $0.hasPrefix("normalization") }
        var renamed = plain.renaming { "layers/" + Self.variable($0, in: numbered) }
        renamed.tensorNames.sort()
        let model = try load(renamed, as: name)
        #expect(model.convention == .keras)
        #expect(try features(model) == features(load(plain, as: name)))
    }

    @Test func `Keras 2 calls the kernels of depthwise convolutions so`() throws {
        let plain = try weights("keras-mobilenet_v2")
        let old = plain.renaming { name in
            let isDepthwise = name.contains("_depthwise/")
            return (isDepthwise ? name.replacing("/kernel", with: "/depthwise_kernel") : name) + ":0"
        }
        #expect(try features(load(old, as: "mobilenet_v2")) == features(load(plain, as: "mobilenet_v2")))
    }

    @Test func `torchvision's published DenseNet has the names of its first version`() throws {
        let plain = try weights("densenet121")
        let published = plain.renaming { name in
            guard name.contains("denselayer") else { return name }
            return ["norm1", "norm2", "conv1", "conv2"].reduce(name) { name, part in
                name.replacing(".\(part).", with: ".\(part.dropLast()).\(part.suffix(1)).")
            }
        }
        let model = try load(published, as: "densenet121")
        #expect(published.tensorNames != plain.tensorNames)
        #expect(try features(model) == features(load(plain, as: "densenet121")))
    }

    @Test(arguments: ["mobilenet_v2", "mobilenet_v3_small", "efficientnet_b0", "convnext_tiny", "densenet121"])
    func `children of torchvision's networks may be numbered`(_ name: String) throws {
        let plain = try weights(name).removing { $0.hasPrefix("classifier") }
        let expected = try features(load(plain, as: name))
        for place in ["", "0."] {
            let model = try load(plain.renaming { $0.replacing("features.", with: place) }, as: name)
            #expect(model.convention == .torchvision)
            #expect(try features(model) == expected)
        }
    }

    @Test(arguments: [
        ("efficientnet_b1", "efficientnet_b0"), ("mobilenet_v3_large", "mobilenet_v3_small"),
        ("timm-mobilenetv2_100", "efficientnet-lite0"), ("keras-efficientnet_b2", "mobilenet_v2"),
        ("convnext_small", "convnext_tiny"), ("regnet_y_800mf", "regnet_y_400mf"), ("densenet121", "mobilenet_v2"),
    ])
    func `weights of another network of the newer families are named`(_ golden: String, _ backbone: String) throws {
        let error = try error(weights(golden), as: backbone)
        let name = golden.replacing("timm-mobilenetv2_100", with: "mobilenet_v2").replacing("keras-", with: "")
        #expect(error.code == .wrongArchitecture)
        #expect(error.message.contains("Choose the backbone \(name),"))
    }

    /// `conv1_conv/conv1_conv/kernel:0` as `conv2d/vars/0`.
    static func variable(_ path: String, in groups: [String: String]) -> String {
        let parts = path.split(separator: "/")
        let layer = String(parts[0])
        let role = parts[parts.count - 1].replacing(layer + "_", with: "").prefix { $0 != ":" && $0 != "_" }
        let index = ["kernel": 0, "W": 0, "gamma": 0, "bias": 1, "b": 1, "beta": 1][String(role)]
        let last = parts[parts.count - 1].contains("variance") ? 3 : 2
        return "\(groups[layer] ?? layer)/vars/\(index ?? last)"
    }

    // MARK: What does not fit

    func error(
        _ weights: any TensorSource,
        as backbone: String,
        layer: FeatureLayer = .pooled
    ) throws -> RecError {
        try #require(throws: RecError.self) { try load(weights, as: backbone, layer: layer) }
    }

    @Test(arguments: [
        ("resnet101", "resnet50"), ("resnet34", "resnet18"), ("resnet50", "resnet101"), ("vgg16", "resnet50"),
        ("vgg16", "vgg16_bn"), ("vgg16_bn", "vgg16"), ("vgg19", "vgg16"), ("resnet18", "resnet34"),
        ("efficientnet-lite0", "vgg16"), ("resnet50", "efficientnet-lite0"),
    ])
    func `weights of another backbone are recognised`(_ given: String, _ wanted: String) throws {
        let error = try error(weights(given), as: wanted)
        #expect(error.code == .wrongArchitecture)
        #expect(error.message.contains("weights of \(given), not of \(wanted)"))
    }

    @Test(arguments: [
        ("resnet50-keras", "resnet101", "resnet50"), ("resnet50-keras-legacy", "resnet18", "resnet50"),
        ("vgg16-keras", "vgg19", "vgg16"),
    ])
    func `Keras weights of another backbone are recognised`(_ golden: String, _ wanted: String, _ given: String) throws
    {
        let error = try error(weights(golden), as: wanted)
        #expect(error.code == .wrongArchitecture)
        #expect(error.message.contains("weights of \(given), not of \(wanted)"))
    }

    @Test func `a missing tensor is named with the shape it should have`() throws {
        let error = try error(weights("resnet50").removing { $0 == "layer3.0.conv2.weight" }, as: "resnet50")
        #expect(error.code == .missingTensor)
        #expect(error.message.contains("'layer3.0.conv2.weight' of shape [256, 256, 3, 3]"))
    }

    @Test func `a missing Keras tensor is named as Keras would`() throws {
        let error = try error(
            weights("resnet50-keras").removing { $0.contains("conv4_block2_2_bn/gamma") },
            as: "resnet50"
        )
        #expect(error.code == .missingTensor)
        #expect(error.message.contains("'conv4_block2_2_bn/gamma' of shape [256]"))
    }

    @Test func `VGG16 without its top has no fc2`() throws {
        let error = try error(
            weights("vgg16-keras").removing { $0.hasPrefix("fc") || $0.hasPrefix("predictions") },
            as: "vgg16",
            layer: .fc2
        )
        #expect(error.code == .missingTensor)
        #expect(error.message.contains("'fc1/kernel' of shape [25088, 4096]"))
    }

    @Test func `a misshaped tensor is named with both shapes`() throws {
        var weights = try weights("resnet50")
        weights.shapes["layer1.0.conv2.weight"] = [128, 128, 3, 3]  // as in wide_resnet50_2
        let error = try error(weights, as: "resnet50")
        #expect(error.code == .misshapedTensor)
        #expect(error.message.contains("'layer1.0.conv2.weight' has shape [128, 128, 3, 3]"))
        #expect(error.message.contains("needs [64, 64, 3, 3]"))
    }

    @Test(arguments: ["layer1.0.se.fc1.weight", "conv1.bias", "layer4.3.conv1.weight"])
    func `a tensor that would change the features but has no place is refused`(_ name: String) throws {
        var weights = try weights("resnet50")
        weights.tensorNames.append(name)
        weights.shapes[name] = [64]
        let error = try error(weights, as: "resnet50")
        #expect(error.code == .wrongArchitecture)
        #expect(error.message.contains(name))
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func `a weight that is not finite is reported by tensor`(_ value: Float) throws {
        var weights = try weights("resnet18")
        weights.damaged["layer2.1.conv2.weight"] = value
        let error = try error(weights, as: "resnet18")
        #expect(error.code == .corruptWeights)
        #expect(error.message.contains("'layer2.1.conv2.weight' holds \(value) at position 0"))
    }

    @Test func `a file of something else is reported with its first tensors`() throws {
        let other = ReferenceWeights(
            [("encoder.embed.weight", [30, 8]), ("encoder.norm.bias", [8])],
            order: .outputFirst
        )
        let error = try error(other, as: "resnet50")
        #expect(error.code == .wrongArchitecture)
        #expect(error.message.contains("2 tensors begin with 'encoder.embed.weight'"))
        #expect(try self.error(ReferenceWeights([], order: .outputFirst), as: "vgg16").code == .wrongArchitecture)
    }

    @Test func `an unknown backbone is answered with those there are`() {
        let error = #expect(throws: RecError.self) { try Backbone.named("resnet51") }
        #expect(error?.code == .unknownBackbone)
        #expect(error?.message.contains("resnet50, resnet101") == true)
    }

    @Test func `a ResNet has no fc2`() throws {
        let error = try error(weights("resnet18"), as: "resnet18", layer: .fc2)
        #expect(error.code == .unknownLayer)
    }
}
