internal import RecMath

/// A part of a score; the parts of a product add up to its score.
public struct ScorePart: Sendable, Hashable {
    /// Where a part comes from.
    public enum Source: Sendable, Hashable {
        /// A dense block, as the picture.
        case block(BlockName)
        /// An attribute of a one-hot block.
        case attribute(String)
        /// A boost of the query.
        case boost(String)
        /// All blocks together, when the fusion is not a weighted mean.
        case similarity
    }

    /// Where the part comes from.
    public let source: Source

    /// What it adds to the score; below zero for what speaks against the product.
    public var value: Double

    /// For an attribute, the values that the product shares with what is liked or disliked.
    public var shared: [String]

    /// Creates a part.
    package init(_ source: Source, value: Double, shared: [String] = []) {
        self.source = source
        self.value = value
        self.shared = shared
    }

    /// The name of the block, attribute or boost.
    public var name: String {
        switch source {
        case .block(let name): name.rawValue
        case .attribute(let name), .boost(let name): name
        case .similarity: "similarity"
        }
    }

    func scaled(by factor: Double) -> ScorePart {
        ScorePart(source, value: value * factor, shared: shared)
    }
}

extension ScorePart: CustomStringConvertible {
    /// What a person can read: `same gender (Women) +0.04`, `image +0.71`.
    public var description: String {
        // What rounds to nothing is not below zero.
        let amount = (value <= -0.005 ? "-" : "+") + abs(value).decimals(2)
        guard case .attribute(let name) = source, !shared.isEmpty else { return "\(name) \(amount)" }
        // What speaks against a product is shared with something disliked.
        return "\(value < 0 ? "" : "same ")\(name) (\(shared.joined(separator: ", "))) \(amount)"
    }
}

extension [ScorePart] {
    /// These parts with others added; parts of the same source become one.
    func adding(_ others: [ScorePart]) -> [ScorePart] {
        var result = self
        for other in others {
            if let position = result.firstIndex(where: { $0.source == other.source }) {
                result[position].value += other.value
                result[position].shared += other.shared.filter { !result[position].shared.contains($0) }
            } else {
                result.append(other)
            }
        }
        return result
    }
}
