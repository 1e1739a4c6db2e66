internal import RecCore
internal import RecFiles

/// Collects the codes of all products, in the order of arrival.
struct OneHotBuilder: BlockBuilder {
    private let kind: OneHotKind
    private var codes: [AttributeCodes?] = []

    init(_ kind: OneHotKind, capacity: Int) {
        self.kind = kind
        codes.reserveCapacity(capacity)
    }

    /// Mixtures are for queries.
    func accepts(_ block: Embedding.Block) -> Bool { block.codes != nil }

    mutating func append(_ block: Embedding.Block?) { codes.append(block?.codes) }

    mutating func build(order: [Int]) -> any StoredBlock {
        var patterns = PatternTable()
        let patternOfRow = order.map { position in
            codes[position].map { patterns.number(of: $0) } ?? RowGroups.missing
        }
        return OneHotBlock(
            space: kind.space,
            patterns: patterns.patterns,
            patternOfRow: NumberArray(patternOfRow)
        )
    }
}
