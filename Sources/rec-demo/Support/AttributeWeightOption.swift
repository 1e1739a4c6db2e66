package import ArgumentParser

/// `--attribute-weight attribute=weight`.
package struct AttributeWeightOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How much an attribute counts among the attributes, 1 unless said; 0 leaves it out.",
            valueName: "attribute=weight"
        )
    )
    package var attributeWeight: [String] = []

    package init() {}

    /// The weights by name; the last counts where one is given twice.
    package var weights: [String: Double] {
        Dictionary(attributeWeight.compactMap(Self.split)) { $1 }
    }

    package func validate() throws {
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
