import RecCore
import RecImage
import RecNetwork
import Testing

/// Which network of a file is taken, wherever it is and whatever is beside it.
@Suite struct `The network of a file` {
    static let resnet18 = Result { try BackboneGoldens.golden("resnet18").weights() }
    static let expected = Result { try BackboneGoldens.golden("resnet18").expected }

    /// The networks of the weights behind each prefix, in this order, each with its own numbers unless `areCopies`.
    private func weights(_ prefixes: [String], areCopies: Bool = false) throws -> SeveralWeights {
        let plain = try Self.resnet18.get()
        return SeveralWeights(
            prefixes.enumerated().map { index, prefix in
                var part = plain
                // One number of one network differs from those of the others.
                if index > 0, !areCopies { part.damaged["layer4.1.bn2.weight"] = 1 + Float(index) }
                return part.renaming { prefix + $0 }.keeping(part)
            }
        )
    }

    private func load(_ weights: any TensorSource, prefix: String? = nil) throws -> BackboneModel {
        try BackboneModel(backbone: .named("resnet18"), weights: weights, inputSize: 32, prefix: prefix)
    }

    private func features(_ model: BackboneModel) throws -> [Float] {
        try model.features(of: ReferenceWeights.image(32).span, count: 1, workspace: Workspace(for: model.plan))
    }

    @Test(arguments: [
        "", "module.", "state_dict.module.encoder_q.", "model_ema.", "teacher.backbone.", "0.", "history.0.best.model.",
        "a.conv1.b.", "layer1.", "fc.",
    ])
    func `a network is found behind any prefix`(prefix: String) throws {
        let model = try load(weights([prefix]))
        #expect(try features(model) == features(load(Self.resnet18.get())))
        #expect(model.chosenPrefix == nil)
        #expect(prefix.isEmpty || model.origin.contains("prefix '\(prefix)'"))
    }

    @Test(arguments: [
        ["state_dict.", "state_dict_ema."], ["encoder_k.", "encoder_q."], ["model.", "ema."], ["teacher.", "student."],
        ["text_encoder.", "image_encoder."], ["", "ema."], ["params.", "params_ema.", "net."],
    ])
    func `several networks are an error that lists them`(prefixes: [String]) throws {
        let weights = try weights(prefixes)
        let error = try #require(throws: RecError.self) { try load(weights) }
        #expect(error.code == .ambiguousWeights)
        for prefix in prefixes { #expect(error.message.contains("'\(prefix.dropLast())'"), "\(error.message)") }
        #expect(error.message.contains("--prefix"))
    }

    @Test(arguments: ["encoder_q", "encoder_q."])
    func `the prefix chooses, and is kept`(prefix: String) throws {
        let weights = try weights(["encoder_k.", "encoder_q."])
        let chosen = try load(weights, prefix: prefix)
        #expect(chosen.chosenPrefix == "encoder_q.")
        #expect(try features(chosen) != features(load(weights, prefix: "encoder_k")))
        #expect(try features(load(weights, prefix: "encoder_k")) == features(load(Self.resnet18.get())))
    }

    @Test func `an outer prefix is enough when one network is below it`() throws {
        let weights = try weights(["student.backbone.", "teacher.backbone.", "teacher.head.model."])
        #expect(try load(weights, prefix: "student").chosenPrefix == "student.backbone.")
        let error = try #require(throws: RecError.self) { try load(weights, prefix: "teacher") }
        #expect(error.code == .ambiguousWeights)
        #expect(!error.message.contains("student"))
    }

    @Test func `an inner part of the prefix is enough when one network has it`() throws {
        let weights = try weights(["state_dict.module.encoder_k.", "state_dict.module.encoder_q."])
        for prefix in ["encoder_q", "module.encoder_q"] {
            #expect(try load(weights, prefix: prefix).chosenPrefix == "state_dict.module.encoder_q.")
        }
        let error = try #require(throws: RecError.self) { try load(weights, prefix: "module") }
        #expect(error.code == .ambiguousWeights)
    }

    @Test func `a prefix without a network is answered with those there are`() throws {
        let weights = try weights(["student.", "teacher."])
        let error = try #require(throws: RecError.self) { try load(weights, prefix: "stud") }
        #expect(error.code == .invalidSetting)
        #expect(error.message.contains("'student', 'teacher'"))
    }

    @Test func `copies of one network are one network`() throws {
        let weights = try weights(["model.", "model_ema.", "swa."], areCopies: true)
        let model = try load(weights)
        #expect(try features(model) == features(load(Self.resnet18.get())))
        #expect(model.chosenPrefix == nil)
        #expect(model.origin.contains("prefix 'model.' (the same as 'model_ema.', 'swa.')"))
    }

    @Test func `a network that fits is taken beside those that do not`() throws {
        let plain = try Self.resnet18.get()
        var head = plain.removing { $0 != "conv1.weight" }
        head.shapes["conv1.weight"] = [10, 512, 1, 1]
        let half = plain.removing { $0.hasPrefix("layer3") }.renaming { "momentum." + $0 }
        let whole = plain.renaming { "backbone." + $0 }
        let weights = SeveralWeights([head.renaming { "head." + $0 }, half, whole])
        #expect(try features(load(weights)) == features(load(plain)))
    }

    @Test func `without a network the error is about the best candidate`() throws {
        let plain = try Self.resnet18.get()
        let few = plain.removing { $0.hasPrefix("layer") }
        let most = plain.removing { $0 == "layer2.0.bn1.weight" }.renaming { "ema." + $0 }
        let error = try #require(throws: RecError.self) { try load(SeveralWeights([few, most])) }
        #expect(error.code == .missingTensor)
        #expect(error.message.contains("'ema.layer2.0.bn1.weight'"))
    }

    @Test func `what profilers count is no sign of another network`() throws {
        let plain = try Self.resnet18.get()
        var weights = plain
        for module in ["", "layer1.", "layer1.0.conv1."] {
            for name in ["total_ops", "total_params"] {
                weights.tensorNames.append(module + name)
                weights.shapes[module + name] = [1]
            }
        }
        #expect(try features(load(weights)) == features(load(plain)))
    }

    @Test func `a tensor that cannot be read is an error only when it is needed`() throws {
        let plain = try Self.resnet18.get()
        let unneeded = Unreadable(weights: plain, names: ["fc.weight"])
        #expect(try features(load(unneeded)) == features(load(plain)))
        let needed = Unreadable(weights: plain, names: ["layer3.0.conv2.weight"])
        let error = try #require(throws: RecError.self) { try load(needed) }
        #expect(error.code == .unsupportedWeights)
        #expect(error.message == "the reason of layer3.0.conv2.weight")
    }

    @Test func `of two networks, one that cannot be read is passed over`() throws {
        let weights = try weights(["ema.", "model."])
        let model = try load(Unreadable(weights: weights, names: ["ema.layer1.0.conv1.weight"]))
        #expect(model.origin.contains("prefix 'model.'"))
    }

    @Test func `very many networks and names are searched soon`() throws {
        let plain = try Self.resnet18.get()
        let many = SeveralWeights((0..<800).map { index in plain.renaming { "a.\(index)." + $0 } })
        #expect(many.tensorNames.count > 90_000)
        let error = try #require(throws: RecError.self) {
            try BackboneModel(named: "resnet34", weights: many, inputSize: 32)
        }
        #expect(error.code == .wrongArchitecture)
    }

    // MARK: Keras

    @Test func `Keras models in one file are chosen by their groups`() throws {
        let plain = try BackboneGoldens.golden("resnet50-keras").weights()
        var other = plain
        other.damaged["conv1_conv/conv1_conv/kernel:0"] = 0.5
        let towers = SeveralWeights([
            plain.renaming { "model_weights/image_tower/" + $0 },
            other.renaming { "model_weights/text_tower/" + $0 }.keeping(other),
        ])
        let error = try #require(throws: RecError.self) {
            try BackboneModel(named: "resnet50", weights: towers, inputSize: 32)
        }
        #expect(error.code == .ambiguousWeights)
        #expect(error.message.contains("'model_weights/image_tower', 'model_weights/text_tower'"))
        let model = try BackboneModel(
            backbone: .resnet50,
            weights: towers,
            inputSize: 32,
            prefix: "model_weights/text_tower"
        )
        #expect(model.chosenPrefix == "model_weights/text_tower/")
        #expect(model.convention == .keras)
    }

    @Test func `numbered Keras models in one file are chosen by their groups`() throws {
        let groups = try #require(try BackboneGoldens.shared.get().kerasVariables["resnet50"])
        let numbered = Dictionary(uniqueKeysWithValues: groups.map { ($1, $0) })
        let plain = try BackboneGoldens.golden("resnet50-keras").weights()
        var other = plain
        other.damaged["conv1_conv/conv1_conv/kernel:0"] = 0.5
        func tower(_ weights: ReferenceWeights, _ group: String) -> ReferenceWeights {
            weights.renaming { "layers/\(group)/layers/" + WeightMatchingTests.variable($0, in: numbered) }.keeping(
                weights
            )
        }
        let towers = SeveralWeights([tower(plain, "functional"), tower(other, "functional_1")])
        let error = try #require(throws: RecError.self) {
            try BackboneModel(named: "resnet50", weights: towers, inputSize: 32)
        }
        #expect(error.code == .ambiguousWeights)
        #expect(error.message.contains("'layers/functional/layers', 'layers/functional_1/layers'"))
        let model = try BackboneModel(
            backbone: .resnet50,
            weights: towers,
            inputSize: 32,
            prefix: "layers/functional_1"
        )
        #expect(model.chosenPrefix == "layers/functional_1/layers/")
    }
}
