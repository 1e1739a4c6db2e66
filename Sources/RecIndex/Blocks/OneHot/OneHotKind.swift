internal import RecCore
internal import RecFiles

/// Blocks of codes in one space of attributes.
struct OneHotKind: BlockKind {
    let space: AttributeSpace

    func builder(capacity: Int) -> any BlockBuilder { OneHotBuilder(self, capacity: capacity) }

    /// The patterns that are left, in the order of the first row that has each.
    func gathered(
        _ places: [FloatRows.Place],
        of sources: [OneHotBlock],
        _ gather: RowGathering
    ) throws(RecError) -> OneHotBlock {
        var patterns = PatternTable()
        var known = sources.map { [UInt32](repeating: RowGroups.missing, count: $0.patterns.count) }
        let patternOfRow = places.map { place -> UInt32 in
            let block = sources[place.source]
            let pattern = block.patternOfRow[place.row]
            guard pattern != RowGroups.missing else { return pattern }
            if known[place.source][Int(pattern)] == RowGroups.missing {
                known[place.source][Int(pattern)] = patterns.number(of: block.patterns[Int(pattern)])
            }
            return known[place.source][Int(pattern)]
        }
        return OneHotBlock(space: space, patterns: patterns.patterns, patternOfRow: NumberArray(patternOfRow))
    }
}
