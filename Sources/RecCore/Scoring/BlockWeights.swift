internal import RecMath

/// The weights of the blocks.
///
/// Only the ratios matter: 8 to 2 is the same as 0.8 to 0.2. Weights are kept as shares that add up to 1.
public struct BlockWeights: Sendable, Hashable {
    private let shares: [BlockName: Double]

    /// Creates weights; a block that is not named has weight 0.
    ///
    /// - Throws: ``RecError`` with code `invalidWeight` when a weight is negative or not finite, or none is positive.
    public init(_ weights: [BlockName: Double]) throws(RecError) {
        for (name, weight) in weights where !(weight.isFinite && weight >= 0) {
            throw RecError(.invalidWeight, "The weight of block '\(name)' is \(weight); it must be 0 or greater.")
        }
        guard weights.values.contains(where: { $0 > 0 }) else {
            throw RecError(.invalidWeight, "All block weights are zero; at least one must be greater.")
        }
        // Scaled by the greatest first, since the sum of huge weights may overflow and that of tiny ones lose digits.
        let greatest = weights.values.max() ?? 1
        let isPlain = (1e-100...1e100).contains(greatest)
        let scaled = isPlain ? weights : weights.mapValues { $0 / greatest }
        let sum = scaled.keys.sorted().reduce(0) { $0 + (scaled[$1] ?? 0) }
        shares = scaled.mapValues { $0 / sum }
    }

    /// Creates the weights `image` and 1 - `image` for the metadata.
    ///
    /// - Parameter image: From 0, attributes alone, to 1, the picture alone.
    /// - Throws: ``RecError`` with code `invalidWeight` when `image` is outside 0...1.
    public init(image: Double) throws(RecError) {
        guard (0...1).contains(image) else {
            throw RecError(.invalidWeight, "The image weight is \(image); it must be from 0 to 1.")
        }
        shares = [.image: image, .metadata: 1 - image]
    }

    private init(shares: [BlockName: Double]) {
        self.shares = shares
    }

    /// The default weights: 0.8 for the image, 0.2 for the metadata.
    public static let standard = BlockWeights(shares: [.image: 0.8, .metadata: 0.2])

    /// The share of a block, from 0 to 1; 0 when it is not named.
    public subscript(name: BlockName) -> Double { shares[name] ?? 0 }
}

extension BlockWeights {
    /// The shares by name, rounded to three decimals: `image 0.800, metadata 0.200`.
    package var text: String {
        shares.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.decimals(3))" }.joined(separator: ", ")
    }
}
