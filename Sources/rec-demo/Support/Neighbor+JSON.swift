package import RecCore

extension Neighbor {
    /// The line of `rec-demo similar --json`.
    package func json(rank: Int) -> JSONValue {
        .object([
            ("rank", .integer(rank)), ("id", .string(id.rawValue)), ("score", .number(score)),
            ("image", .optional(cosines[.image])), ("metadata", .optional(cosines[.metadata])),
        ])
    }
}
