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

    func scan(for query: Embedding.Block, attributes: [String: Double]) -> (any BlockScan)? {
        OneHotQuery(query).map { query in
            OneHotScan(block: self, cosineOfPattern: cosines(with: query, replacements: attributes))
        }
    }

    /// The patterns, whose cosines are exact.
    func groups() throws(RecError) -> RowGroups? {
        RowGroups(groupOfRow: patternOfRow, count: patterns.count, halvings: 0)
    }

    /// The cosine of each pattern with a query's block of this space; NaN where either has no attribute with a weight.
    ///
    /// Weights are added up before anything is divided, so single-valued attributes that agree give exactly 1.
    /// `replacements` are weights of attributes, by name, instead of those of the space.
    ///
    /// - Complexity: O(width of the space + patterns + places where the columns of the query are set)
    func cosines(with query: OneHotQuery, replacements: [String: Double]) -> [Double] {
        let weights = space.weights(replacing: replacements)
        let (table, length) = query.table(weights: weights)
        let totals = replacements.isEmpty ? totals : Self.totals(of: patterns, weights: weights)
        var cosines = postings.sums(of: table)
        for pattern in cosines.indices {
            let product = length * totals[pattern]
            let sum = cosines[pattern]
            if product > 0 {
                if sum != 0 { cosines[pattern] = min(max(sum / product.squareRoot(), -1), 1) }
            } else {
                cosines[pattern] = .nan
            }
        }
        return cosines
    }

    private static func totals(of patterns: [AttributeCodes], weights: [Double]) -> [Double] {
        patterns.map { $0.columnCounts.reduce(0) { $0 + weights[$1.attribute] } }
    }
}
