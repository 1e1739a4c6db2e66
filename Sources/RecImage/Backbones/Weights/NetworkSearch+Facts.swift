internal import RecCore
internal import RecNetwork

extension NetworkSearch.Found {
    /// Whether facts can be about the network: whether its variants have names in the libraries that facts come from.
    ///
    /// Those of Keras have none: their preprocessing is Keras's, whatever lies beside the file.
    var takesFacts: Bool { fits.contains { !$0.variant.architectures.isEmpty } }

    /// The variant that the weights are for: the first that fits, unless facts name another.
    ///
    /// - Throws: `wrongArchitecture` when facts name a network that has the same tensors but computes something else.
    func fit(of backbone: Backbone, _ facts: WeightFacts?) throws(RecError) -> NetworkSearch.Fit {
        if let facts, let architecture = facts.architecture {
            if let told = fits.first(where: { $0.variant.architectures.contains(architecture) }) { return told }
            throw Self.contradiction(architecture, backbone, facts)
        }
        if let usual = fits.first(where: { !$0.variant.isOnlyIfTold }) { return usual }
        return fits[0]
    }

    private static func contradiction(_ architecture: String, _ backbone: Backbone, _ facts: WeightFacts) -> RecError {
        let other = Backbone.builtIn.first { other in
            other.name != backbone.name && other.variants.contains { $0.architectures.contains(architecture) }
        }
        let advice =
            other.map { "Choose the backbone \($0.name)." }
            ?? "This package does not compute \(architecture); use weights of \(backbone.name)."
        return RecError(
            .wrongArchitecture,
            "\(facts.origin) says that these are weights of \(architecture), which has the tensors of \(backbone.name) "
                + "but computes something else. \(advice)"
        )
    }
}
