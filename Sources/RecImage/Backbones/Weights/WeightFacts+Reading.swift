package import RecCore
package import RecNetwork

extension WeightFacts {
    /// What is known of the weights in a file, by the first of these that says something: the SHA-256 of the content,
    /// for published files; the field `arch` of a checkpoint, its configuration by OpenMMLab, or `architecture` of a
    /// safetensors header; the files beside the weights that timm, Hugging Face and open_clip write.
    ///
    /// A backbone of the host, whose variants have no names in these libraries, has its own preprocessing.
    ///
    /// - Parameters:
    ///   - weights: The file.
    ///   - backbone: The backbone that the weights are for.
    ///   - isPrepared: Whether the preprocessing is stated, so that it need not be read.
    /// - Returns: The facts, or `nil` when nothing is known.
    /// - Throws: `RecError` with code `invalidSetting` when a file beside them states a preprocessing that is not
    ///   supported.
    package static func of(
        _ weights: WeightFile,
        for backbone: Backbone,
        isPrepared: Bool = false
    ) throws(RecError) -> WeightFacts? {
        guard backbone.variants.contains(where: { !$0.architectures.isEmpty }) else { return nil }
        if let published = published(sha256: weights.sha256) { return published }
        let metadata = weights.metadata
        if let configuration = metadata["meta.config"], isOfCaffe(configuration) {
            return WeightFacts(architecture: "resnet of style caffe", preprocessing: nil, origin: "the file")
        }
        let configuration = ModelConfiguration(beside: weights.path)
        let stated = metadata["arch"] ?? metadata["architecture"]
        let named = stated.map { Self.bare($0) }.flatMap { isFamiliar($0) ? $0 : nil }
        let prepared = isPrepared ? nil : try StatedPreprocessing(beside: weights.path)
        if let named {
            let agrees = configuration?.architecture.map { Self.bare($0) == named } ?? true
            return WeightFacts(
                architecture: named,
                preprocessing: agrees ? prepared?.preprocessing : nil,
                origin: agrees ? prepared.map { "the file with \($0.fileName) beside it" } ?? "the file" : "the file"
            )
        }
        guard configuration != nil || prepared != nil else { return nil }
        return WeightFacts(
            architecture: configuration?.architecture.map { Self.bare($0) },
            preprocessing: prepared?.preprocessing,
            origin: "\(prepared?.fileName ?? "config.json") beside the weights"
        )
    }

    /// What is known of a published file of torchvision or timm.
    ///
    /// - Parameter sha256: The SHA-256 of its content in lower-case hexadecimal, never that of its name.
    /// - Returns: The facts, or `nil` when the digest is not known.
    package static func published(sha256: String) -> WeightFacts? {
        KnownWeights.file(sha256: sha256).map { known in
            WeightFacts(
                architecture: known.architecture,
                preprocessing: known.preprocessing,
                origin: "the SHA-256 of the file (\(known.title))"
            )
        }
    }

    /// Whether a configuration of OpenMMLab asks for a ResNet with the strides and pictures of Caffe.
    private static func isOfCaffe(_ configuration: String) -> Bool {
        ["style='caffe'", "style=\"caffe\"", "'style': 'caffe'"].contains { configuration.contains($0) }
    }

    /// A name without its tag, in lower case.
    private static func bare(_ name: String) -> String {
        String(name.prefix { $0 != "." }).lowercased()
    }

    /// Whether a name is that of a network here, or of one that has the tensors of one and computes something else.
    ///
    /// Other programs write names of their own into their checkpoints, which say nothing.
    private static func isFamiliar(_ name: String) -> Bool {
        ["resnetblur", "resnetaa", "efficientnet_lite", "tf_efficientnet_lite"].contains { name.hasPrefix($0) }
            || Backbone.builtIn.contains { $0.variants.contains { $0.architectures.contains(name) } }
    }
}
