internal import RecMath

/// A part of a score; the parts of a product add up to its score.
public struct ScorePart: Sendable, Hashable {
    /// The source of a part.
    public enum Source: Sendable, Hashable {
        /// A dense block, such as the picture.
        case block(BlockName)
        /// An attribute of a one-hot block.
        case attribute(String)
        /// A boost of the query.
        case boost(String)
        /// All blocks together, when the fusion is not a weighted mean.
        case similarity
    }

    /// The source of the part.
    public let source: Source

    /// The number that it adds to the score; negative if it lowers the score.
    public var value: Double

    /// For an attribute, the values that the product shares with the likes or dislikes.
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
    /// A readable form: `same gender (Women) +0.04`, `image +0.71`.
    public var description: String {
        // A value that rounds to zero is not negative.
        let amount = (value <= -0.005 ? "-" : "+") + abs(value).decimals(2)
        guard case .attribute(let name) = source, !shared.isEmpty else { return "\(name) \(amount)" }
        // Values that lower a score are shared with a dislike.
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
