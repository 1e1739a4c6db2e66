internal import RecCore
internal import RecNetwork

/// The tensors of a file, matched with the parameters of a backbone.
struct BackboneWeights: ParameterSource {
    /// The network in the style of the library that the weights come from.
    let network: Network
    /// The name of the backbone in recipes.
    let backboneName: String
    /// The side of the network's input in that library.
    let inputSize: Int
    /// The preprocessing of pictures in the library of the weights, where nothing states another.
    let preprocessing: Preprocessing
    /// How the weights were found and what decided about them.
    let choice: WeightChoice

    private let assignment: TensorAssignment
    private let source: any TensorSource

    /// Finds the network of a backbone in a file, and detects the library that it comes from.
    ///
    /// - Parameters:
    ///   - backbone: The backbone.
    ///   - layer: The layer to take features from.
    ///   - source: The tensors.
    ///   - prefix: The prefix of the network's tensors; `nil` when the file holds only one such network.
    ///   - facts: What is known of the weights beyond their tensors.
    /// - Throws: `RecError` with code `unknownLayer`, `missingTensor`, `misshapedTensor`, `wrongArchitecture`,
    ///   `ambiguousWeights`, `invalidSetting` (no network is behind the prefix), or that of a tensor that cannot be
    ///   read.
    init(
        _ backbone: Backbone,
        layer: FeatureLayer,
        source: any TensorSource,
        prefix: String? = nil,
        facts: WeightFacts? = nil
    ) throws(RecError) {
        let search = try NetworkSearch(backbone, layer: layer, source: source)
        guard !search.networks.isEmpty else { throw search.explanation() }
        let chosen = try search.choose(prefix)
        let facts = chosen.network.takesFacts ? facts : nil
        let fit = try chosen.network.fit(of: backbone, facts)
        network = fit.network
        backboneName = fit.variant.backboneName ?? backbone.name
        inputSize = fit.variant.inputSize ?? backbone.inputSize
        preprocessing = fit.variant.preprocessing
        assignment = fit.assignment
        self.source = source
        choice = WeightChoice(
            prefix: chosen.network.prefix,
            isOneOfSeveral: chosen.isOneOfSeveral,
            copies: chosen.copies,
            convention: fit.naming.convention,
            facts: facts
        )
    }

    /// The values of a parameter, OIHW, after checking that all are finite.
    func values(of parameter: Parameter) throws -> [Float] {
        let name = assignment.names[parameter] ?? "\(parameter.layer).\(parameter.role)"
        let values = try source.floats(of: name)
        guard values.count == parameter.count else {
            throw RecError(
                .misshapedTensor,
                "Tensor '\(name)' has \(values.count) values; its shape says \(parameter.count)."
            )
        }
        if let index = TensorKernels.firstNonFinite(values.span) {
            throw RecError(
                .corruptWeights,
                "Tensor '\(name)' holds \(values[index]) at position \(index). Use undamaged weights."
            )
        }
        return assignment.order.canonical(values, parameter)
    }
}
