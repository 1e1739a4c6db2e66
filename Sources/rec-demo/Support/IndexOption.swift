import ArgumentParser
import RecCore
import RecIndex

/// `--index INDEX`.
struct IndexOption: ParsableArguments {
    @Option(name: .customLong("index"), help: "The index file, as written by 'rec-demo index'.")
    var path: String

    /// Opens the index, by its codes when it has any.
    func open() throws -> any StoredIndex {
        do {
            return try QuantizedIndex(path: path)
        } catch let error where error.code == .noCodes {
            return try ExactIndex(path: path)
        }
    }
}

/// An index that was opened from a file.
protocol StoredIndex: SimilarityIndex {
    /// Writes the index to a file, which appears whole or not at all.
    func write(to path: String) throws(RecIndexError)

    /// The host's notes.
    var notes: [String: String] { get }

    /// The names of the attributes that products have, ascending by code points.
    var attributes: [String] { get }
}

extension ExactIndex: StoredIndex {}
extension QuantizedIndex: StoredIndex {}

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

    /// The fusion asked for.
    var fusion: WeightedFusion { WeightedFusion(weights) }
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
