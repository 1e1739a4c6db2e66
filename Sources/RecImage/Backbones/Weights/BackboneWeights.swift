internal import RecCore
internal import RecNetwork

/// The tensors of a file, matched with the parameters of a backbone.
struct BackboneWeights: ParameterSource {
    /// The network in the style of the library that the weights come from.
    let network: Network
    /// The library of the weights.
    let convention: WeightConvention
    /// That library's preprocessing of pictures.
    let preprocessing: Preprocessing

    private let assignment: TensorAssignment
    private let source: any TensorSource

    /// Detects the library of the weights and checks names and shapes of all required tensors.
    ///
    /// - Throws: `RecError` with code `unknownLayer`, `missingTensor`, `misshapedTensor` or `wrongArchitecture`.
    init(_ backbone: Backbone, layer: FeatureLayer, source: any TensorSource) throws(RecError) {
        var firstProblem: RecError?
        for variant in backbone.variants {
            let network = variant.network()
            let needed = try network.parameters(for: layer)
            let all = Set(needed)
            let others = network.parameters.filter { !all.contains($0) }
            for naming in variant.naming {
                guard let assignment = naming.rule.assign(needed: needed, others: others, in: source) else { continue }
                if let problem = assignment.problem(needed, in: source, backbone: backbone.name) {
                    firstProblem = firstProblem ?? problem
                    continue
                }
                self.network = network
                convention = naming.convention
                preprocessing = variant.preprocessing
                self.assignment = assignment
                self.source = source
                return
            }
        }
        throw Self.explain(firstProblem, backbone, layer, source)
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

    /// The best explanation why no naming fits: another backbone that fits, or else the first mismatch.
    private static func explain(
        _ problem: RecError?,
        _ backbone: Backbone,
        _ layer: FeatureLayer,
        _ source: any TensorSource
    ) -> RecError {
        if let other = Backbone.builtIn.first(where: { $0.name != backbone.name && $0.fits(source) }) {
            return RecError(
                .wrongArchitecture,
                "These are weights of \(other.name), not of \(backbone.name). Choose the backbone \(other.name), or "
                    + "weights of \(backbone.name)."
            )
        }
        if let problem { return problem }
        let names = source.tensorNames
        let start = names.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
        return RecError(
            .wrongArchitecture,
            names.isEmpty
                ? "The file holds no tensors. Use weights of \(backbone.name)."
                : "These are not weights of \(backbone.name): the \(names.count) tensors begin with \(start)."
        )
    }
}

extension Backbone {
    /// Whether any variant of the backbone can be loaded from the tensors.
    func fits(_ source: any TensorSource) -> Bool {
        variants.contains { variant in
            let network = variant.network()
            guard let needed = try? network.parameters(for: .pooled) else { return false }
            let all = Set(needed)
            let others = network.parameters.filter { !all.contains($0) }
            return variant.naming.contains { naming in
                guard let assignment = naming.rule.assign(needed: needed, others: others, in: source) else {
                    return false
                }
                return assignment.problem(needed, in: source, backbone: name) == nil
            }
        }
    }
}
