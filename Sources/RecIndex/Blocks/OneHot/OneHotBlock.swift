internal import RecCore
internal import RecFiles

/// A one-hot block of all products.
///
/// Many products of a catalogue have the same codes. Each distinct code list is stored once, as a pattern, and a
/// product is stored as the number of its pattern. A query is compared with the patterns only.
final class OneHotBlock: StoredBlock {
    let space: AttributeSpace

    /// The different code lists, in the order of the first row that has each.
    let patterns: [AttributeCodes]

    /// The pattern of each row, or `RowGroups.missing`.
    let patternOfRow: NumberArray<UInt32>

    /// Where each column is set.
    private let postings: ColumnPostings

    /// The weights of the attributes that a pattern has, added up.
    private let totals: [Double]

    /// - Precondition: Each number in `patternOfRow` is a position in `patterns` or `RowGroups.missing`.
    init(space: AttributeSpace, patterns: [AttributeCodes], patternOfRow: NumberArray<UInt32>) {
        self.space = space
        self.patterns = patterns
        self.patternOfRow = patternOfRow
        postings = ColumnPostings(patterns, width: space.width)
        totals = Self.totals(of: patterns, weights: space.weights(replacing: [:]))
    }

    func block(of row: Int) throws(RecError) -> Embedding.Block? {
        patternOfRow[row] == RowGroups.missing ? nil : Embedding.Block(patterns[Int(patternOfRow[row])])
    }

    func scan(for query: Embedding.Block, attributes: [String: Double], isRanked: Bool) -> (any BlockScan)? {
        OneHotQuery(query).map { given in
            let comparison = OneHotComparison(given, in: space, replacements: attributes)
            return OneHotScan(block: self, comparison, cosineOfPattern: isRanked ? cosines(with: comparison) : nil)
        }
    }

    /// The patterns, whose cosines are exact.
    func groups() throws(RecError) -> RowGroups? {
        RowGroups(groupOfRow: patternOfRow, count: patterns.count, halvings: 0)
    }

    /// The cosine of each pattern with a query; NaN where either has no attribute with a weight.
    ///
    /// - Complexity: O(width of the space + patterns + places where the columns of the query are set)
    func cosines(with query: OneHotComparison) -> [Double] {
        let totals = query.hasReplacements ? Self.totals(of: patterns, weights: query.weights) : totals
        var cosines = postings.sums(of: query.table)
        for pattern in cosines.indices {
            cosines[pattern] = query.cosine(sum: cosines[pattern], total: totals[pattern])
        }
        return cosines
    }

    private static func totals(of patterns: [AttributeCodes], weights: [Double]) -> [Double] {
        patterns.map { $0.columnCounts.reduce(0) { $0 + weights[$1.attribute] } }
    }
}
