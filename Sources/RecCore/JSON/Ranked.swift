/// One line of an answer with its place, for JSON: `{"rank": 1, "id": "15970", …}`.
public struct Ranked<Line: Encodable & Sendable>: Encodable, Sendable {
    let rank: Int
    let line: Line

    /// Encodes `rank`, then the fields of the line.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: JSONKey.self)
        try container.encode(rank, forKey: JSONKey("rank"))
        try line.encode(to: encoder)
    }
}

extension [Neighbor] {
    /// The lines of an answer with their places.
    ///
    /// ```swift
    /// let neighbors = try await recommender.similar(to: id, count: 10, offset: 20)
    /// let data = try JSONEncoder().encode(["results": neighbors.ranked(from: 21)])
    /// ```
    public func ranked(from first: Int = 1) -> [Ranked<Neighbor>] {
        enumerated().map { Ranked(rank: first + $0.offset, line: $0.element) }
    }
}

extension [Recommendation] {
    /// The lines of an answer with their places; `first` is the offset of the query plus 1.
    public func ranked(from first: Int = 1) -> [Ranked<Recommendation>] {
        enumerated().map { Ranked(rank: first + $0.offset, line: $0.element) }
    }
}
