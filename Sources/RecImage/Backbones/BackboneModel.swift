internal import RecCore
package import RecNetwork

/// A backbone with weights, compiled to compute the features of one of its layers.
///
/// ```swift
/// let model = try BackboneModel(backbone: .resnet50, weights: WeightFile(path: "resnet50.pth"))
/// let workspace = Workspace(for: model.plan)
/// let features = try model.features(of: pixels.span, count: 8, workspace: workspace)  // 8 x 2048
/// ```
/// A model never changes and may be used by any number of tasks at the same time, each with its own workspace.
package struct BackboneModel: Sendable {
    /// The name of the backbone.
    package let backboneName: String
    /// The layer that features are taken from.
    package let layer: FeatureLayer
    /// The library of the weights; `nil` for a network in a file of its own.
    package let convention: WeightConvention?
    /// The preprocessing of pictures: as stated, or else that of the weights.
    package let preprocessing: Preprocessing
    /// How the weights were found in their file, in words.
    package let origin: String
    /// The prefix that chose between several networks in the file; `nil` when there was no choice.
    package let chosenPrefix: String?
    /// The compiled network.
    package let plan: Plan

    /// Matches weights with a backbone and compiles it.
    ///
    /// - Parameters:
    ///   - backbone: The backbone.
    ///   - weights: Its weights, of any library that the backbone knows.
    ///   - layer: The layer to take features from.
    ///   - inputSize: The side of the square images; that of the preprocessing, if stated or known, or else the
    ///     backbone's own when `nil`. Pooled features can be computed for other sizes, those of fully connected layers
    ///     cannot.
    ///   - preprocessing: The preprocessing of pictures; that of the weights when `nil`.
    ///   - prefix: The prefix of the tensors, where a file holds several networks.
    ///   - facts: What is known of the weights beyond their tensors.
    ///   - execution: The execution settings.
    ///   - ranges: The ranges of the maps, which arithmetic in bytes needs.
    /// - Throws: `RecError` with code `unknownLayer`, `invalidSetting` (the image size does not fit, pictures are not
    ///   square, or no network is behind the prefix), `ambiguousWeights`, `wrongArchitecture`, `missingTensor`,
    ///   `misshapedTensor` or `corruptWeights` (a value is not finite), and the errors of reading the weights.
    package init(
        backbone: Backbone,
        weights: any TensorSource,
        layer: FeatureLayer = .pooled,
        inputSize: Int? = nil,
        preprocessing: Preprocessing? = nil,
        prefix: String? = nil,
        facts: WeightFacts? = nil,
        execution: ExecutionSettings = .throughput,
        ranges: ActivationRanges? = nil
    ) throws {
        let matched = try BackboneWeights(backbone, layer: layer, source: weights, prefix: prefix, facts: facts)
        backboneName = matched.backboneName
        self.layer = layer
        convention = matched.choice.convention
        let known = preprocessing ?? matched.choice.facts?.preprocessing
        guard known.map({ $0.outputSize.width == $0.outputSize.height }) ?? true else {
            throw RecError(.invalidSetting, "The preprocessing must crop to a square.")
        }
        self.preprocessing = known ?? matched.preprocessing
        let size = inputSize ?? known?.outputSize.width ?? matched.inputSize
        origin = matched.choice.description(
            backbone: matched.backboneName,
            preprocessing: self.preprocessing,
            isStated: preprocessing != nil
        )
        chosenPrefix = matched.choice.isOneOfSeveral ? matched.choice.prefix : nil
        plan = try Plan(
            matched.network,
            layer: layer,
            height: size,
            width: size,
            parameters: matched,
            settings: execution,
            ranges: ranges
        )
    }

    /// A model that is compiled already, of a network that came with its weights.
    init(backboneName: String, layer: FeatureLayer, preprocessing: Preprocessing, origin: String, plan: Plan) {
        self.backboneName = backboneName
        self.layer = layer
        convention = nil
        self.preprocessing = preprocessing
        self.origin = origin
        chosenPrefix = nil
        self.plan = plan
    }

    /// Matches weights with the built-in backbone of that name and compiles it.
    ///
    /// - Throws: As ``init(backbone:weights:layer:inputSize:preprocessing:prefix:facts:execution:ranges:)``, and `RecError` with
    ///   code `unknownBackbone`.
    package init(
        named name: String,
        weights: any TensorSource,
        layer: FeatureLayer = .pooled,
        inputSize: Int? = nil,
        execution: ExecutionSettings = .throughput
    ) throws {
        try self.init(
            backbone: Backbone.named(name),
            weights: weights,
            layer: layer,
            inputSize: inputSize,
            execution: execution
        )
    }

    /// Computes the features of a batch of images.
    ///
    /// - Parameters:
    ///   - pixels: `count` prepared images, NCHW.
    ///   - count: The number of images.
    ///   - pooling: The pooling of a feature map; vectors are not changed.
    ///   - workspace: The memory to work in, made for ``plan``.
    /// - Returns: `count` rows of as many values as the pooling gives for the layer, one after the other, not normalised.
    ///   An image's row does not depend on the others.
    /// - Complexity: `Plan.multiplyAddsPerImage` per image.
    /// - Throws: `RecError` with code `notFinite` when a feature is infinite or NaN.
    /// - Precondition: `pixels` has `count` images of the plan's input shape; the workspace was made for ``plan``.
    package func features(
        of pixels: Span<Float>,
        count: Int,
        pooling: FeaturePooling = .average,
        workspace: Workspace
    ) throws -> [Float] {
        let rows = rows(of: pixels, count: count, pooling: pooling, workspace: workspace)
        for row in rows { try check(row) }
        return rows.flatMap(\.self)
    }

    /// The features of each image, without a check.
    func rows(of pixels: Span<Float>, count: Int, pooling: FeaturePooling, workspace: Workspace) -> [[Float]] {
        precondition(pixels.count == count * plan.input.count, "pixels of \(count) images")
        var rows: [[Float]] = []
        plan.forEachImage(pixels, workspace) { map in
            var features = [Float](repeating: 0, count: pooling.count(of: plan.output))
            var target = features.mutableSpan
            pooling.pool(map, plan.output, into: &target)
            rows.append(features)
        }
        return rows
    }

    /// Throws when a feature is infinite or NaN.
    func check(_ features: [Float], path: String? = nil) throws {
        guard let index = TensorKernels.firstNonFinite(features.span) else { return }
        throw RecError(
            .notFinite,
            path: path,
            "\(backboneName): feature \(index) is \(features[index]). The picture or the weights are not what the "
                + "network was made for."
        )
    }

    /// Computes the unpooled values of the tapped layer for a batch of images.
    ///
    /// - Parameters:
    ///   - pixels: `count` prepared images, NCHW.
    ///   - count: The number of images.
    ///   - workspace: The memory to work in, made for ``plan``.
    /// - Returns: `count` maps of the plan's output shape, NCHW.
    /// - Precondition: `pixels` has `count` images of the plan's input shape; the workspace was made for ``plan``.
    package func featureMaps(of pixels: Span<Float>, count: Int, workspace: Workspace) -> [Float] {
        plan.run(pixels, count: count, workspace: workspace)
    }
}
