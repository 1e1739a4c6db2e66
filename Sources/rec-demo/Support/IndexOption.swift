import ArgumentParser
import RecCore
import RecIndex

/// `--index INDEX`.
struct IndexOption: ParsableArguments {
    @Option(
        name: .customLong("index"),
        help: "The index file, as written by 'rec-demo index', or the folder of a live index."
    )
    var path: String

    /// Opens the index.
    func open() throws -> Index { try Index.open(path: path) }
}

/// `--image-weight 0..1`.
struct ImageWeightOption: ParsableArguments {
    @Option(help: "From 0, attributes alone, to 1, the picture alone.")
    var imageWeight: Double?

    func validate() throws {
        guard imageWeight.map({ (0...1).contains($0) }) ?? true else {
            throw ValidationError("--image-weight must be from 0 to 1.")
        }
    }

    /// The block weights asked for.
    var weights: BlockWeights {
        imageWeight.flatMap { try? BlockWeights(image: $0) } ?? .standard
    }

    /// The weighting asked for, with weights of attributes.
    func weighting(_ attributes: AttributeWeightOption) -> Weighting {
        Weighting(weights, attributes: attributes.weights)
    }
}

/// `--attribute-weight attribute=weight`.
struct AttributeWeightOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How much an attribute counts among the attributes, 1 unless said; 0 leaves it out.",
            valueName: "attribute=weight"
        )
    )
    var attributeWeight: [String] = []

    /// The weights by name; the last counts where one is given twice.
    var weights: [String: Double] {
        Dictionary(attributeWeight.compactMap(Self.split)) { $1 }
    }

    func validate() throws {
        for text in attributeWeight {
            guard let weight = Self.split(text)?.1, weight.isFinite, weight >= 0 else {
                throw ValidationError("'--attribute-weight \(text)' must have the form attribute=weight, 0 or greater.")
            }
        }
    }

    private static func split(_ text: String) -> (String, Double)? {
        guard let sign = text.lastIndex(of: "="), let weight = Double(text[text.index(after: sign)...]) else {
            return nil
        }
        return (String(text[..<sign]), weight)
    }
}
