package import RecCore

extension ProductNeighbors {
    /// The line of `rec-demo neighbors`.
    package var json: JSONValue {
        let neighbors = neighbors.map { neighbor in
            JSONValue.object([("id", .string(neighbor.id.rawValue)), ("score", .number(neighbor.score))])
        }
        return .object([("id", .string(id.rawValue)), ("neighbors", .array(neighbors))])
    }
}
