import ArgumentParser
import RecCore
import RecIndex

/// `--index INDEX`.
struct IndexOption: ParsableArguments {
    @Option(name: .customLong("index"), help: "The index file, as written by 'rec-demo index'.")
    var path: String

    /// Opens the index.
    func open() throws -> ExactIndex {
        try ExactIndex(path: path)
    }
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

    /// The fusion asked for.
    var fusion: WeightedFusion { WeightedFusion(weights) }
}
