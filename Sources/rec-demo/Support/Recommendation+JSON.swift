package import RecCore
import RecMath

extension Recommendation {
    /// Why the product is there, in words.
    package var reasons: String {
        let parts = parts.filter { $0.value != 0 }.map(\.description).joined(separator: ", ")
        let origin = isPinned ? "pinned; " : because.map { "mostly for \($0): " } ?? ""
        let nearer = percentile.map { "; nearer than \($0.decimals(1)) of 100 random pairs" } ?? ""
        return origin + parts + nearer
    }

    /// The parts by name; an attribute that is called like a block, as `image`, is `attribute image`.
    private var namedParts: [(String, JSONValue)] {
        var known: Set<String> = []
        let blocks = Set(cosines.names.map(\.rawValue))
        return parts.map { part in
            var name = part.name
            if case .attribute = part.source, blocks.contains(name) { name = "attribute \(name)" }
            while !known.insert(name).inserted { name = "attribute \(name)" }
            return (name, .number(part.value))
        }
    }

    /// The line of `rec-demo recommend --json`.
    package func json(rank: Int, explains: Bool) -> JSONValue {
        var fields: [(String, JSONValue)] = [
            ("rank", .integer(rank)), ("id", .string(id.rawValue)), ("score", .number(score)),
            ("image", .optional(cosines[.image])), ("metadata", .optional(cosines[.metadata])),
        ]
        if explains {
            fields.append(("parts", .object(namedParts)))
            fields.append(("because", because.map { .string($0.rawValue) } ?? .null))
            fields.append(("percentile", .optional(percentile)))
        }
        return .object(fields)
    }
}
