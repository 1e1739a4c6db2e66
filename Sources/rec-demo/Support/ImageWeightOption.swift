package import ArgumentParser
package import RecCore

/// `--image-weight 0..1`.
package struct ImageWeightOption: ParsableArguments {
    @Option(help: "From 0, attributes alone, to 1, the picture alone.")
    package var imageWeight: Double?

    package init() {}

    package func validate() throws {
        guard imageWeight.map({ (0...1).contains($0) }) ?? true else {
            throw ValidationError("--image-weight must be from 0 to 1.")
        }
    }

    /// The block weights asked for.
    package var weights: BlockWeights {
        imageWeight.flatMap { try? BlockWeights(image: $0) } ?? .standard
    }

    /// The weighting asked for, with weights of attributes.
    package func weighting(_ attributes: AttributeWeightOption) -> Weighting {
        Weighting(weights, attributes: attributes.weights)
    }
}
