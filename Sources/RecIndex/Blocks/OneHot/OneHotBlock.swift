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

    /// The columns of all patterns, one pattern after another, and where those of each pattern end.
    private let columns: [Int]
    private let ends: [Int]

    /// For each of these, `1 / sqrt(columns of its attribute that are set)`.
    private let scales: [Double]

    /// The weights of the attributes that a pattern has, added up.
    private let totals: [Double]

    /// - Precondition: Each number in `patternOfRow` is a position in `patterns` or `RowGroups.missing`.
    init(space: AttributeSpace, patterns: [AttributeCodes], patternOfRow: NumberArray<UInt32>) {
        self.space = space
        self.patterns = patterns
        self.patternOfRow = patternOfRow
        columns = patterns.flatMap { $0.columns.map { Int($0) } }
        var end = 0
        ends = patterns.map { pattern in
            end += pattern.columns.count
            return end
        }
        scales = patterns.flatMap(Self.scales)
        totals = patterns.map { $0.runs.reduce(0) { $0 + $1.weight } }
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
    /// - Complexity: O(width of the space + columns of all patterns + columns of the query)
    func cosines(with query: OneHotQuery, replacements: [String: Double]) -> [Double] {
        let weights = space.weights(replacing: replacements)
        let (table, length) = query.table(weights: weights)
        let totals = replacements.isEmpty ? totals : totals(weights: weights)
        var cosines = [Double](repeating: 0, count: ends.count)
        var position = 0
        for pattern in ends.indices {
            var sum = 0.0
            while position < ends[pattern] {
                sum += table[columns[position]] * scales[position]
                position += 1
            }
            let product = length * totals[pattern]
            cosines[pattern] = product > 0 ? min(max(sum / product.squareRoot(), -1), 1) : .nan
        }
        return cosines
    }

    private func totals(weights: [Double]) -> [Double] {
        patterns.map { $0.runs(weights: weights).reduce(0) { $0 + $1.weight } }
    }

    private static func scales(_ codes: AttributeCodes) -> [Double] {
        codes.runs.flatMap { repeatElement(1 / Double($0.count).squareRoot(), count: $0.count) }
    }
}
