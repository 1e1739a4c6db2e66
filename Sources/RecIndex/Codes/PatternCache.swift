internal import RecCompute
internal import RecCore
internal import RecFiles

/// What searches derive from the other blocks of a query, by the positions of these blocks.
final class PatternCache<Value: Sendable>: Sendable {
    /// The table, whose other blocks define the patterns.
    private let embeddings: BlockTable
    /// The position in the space of the block that is encoded.
    private let position: Int
    private let known = LockedValue<[[Int]: Value]>([:])

    private static var most: Int { 8 }

    init(_ embeddings: BlockTable, besides position: Int) {
        self.embeddings = embeddings
        self.position = position
    }

    /// The value for a query; `nil` when one of its other blocks has no groups.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    func value(
        for query: SearchQuery,
        _ make: ([(position: Int, groups: RowGroups)]) -> Value
    ) throws(RecError) -> Value? {
        let blocks = embeddings.space.blocks
        let others = blocks.indices.filter { other in
            let name = blocks[other].name
            return other != position && query.weighting.blocks[name] > 0 && query.embedding[name] != nil
        }
        return try known.withLock { known throws(RecError) in
            if let value = known[others] { return value }
            var groups: [(position: Int, groups: RowGroups)] = []
            for other in others {
                guard let found = try embeddings.blocks[other].groups() else { return nil }
                groups.append((other, found))
            }
            if known.count == Self.most { known = [:] }
            let value = make(groups)
            known[others] = value
            return value
        }
    }
}
