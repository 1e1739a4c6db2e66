internal import RecCore

/// A one-hot block of all products.
///
/// Many products of a catalogue have the same codes, so each different code list is kept once, as a pattern, and a
/// product is the number of its pattern. A query is compared with the patterns only.
struct OneHotBlock: Sendable {
    /// The number that says that a product lacks the block.
    static let missing = UInt32.max

    let space: AttributeSpace

    /// The different code lists, in the order of the first row that has each.
    let patterns: [AttributeCodes]

    /// The pattern of each row, or `missing`.
    let patternOfRow: [UInt32]

    /// The components of all patterns, one pattern after another.
    private let components: [Float]

    /// - Precondition: Each number in `patternOfRow` is a position in `patterns` or `missing`.
    init(space: AttributeSpace, patterns: [AttributeCodes], patternOfRow: [UInt32]) {
        self.space = space
        self.patterns = patterns
        self.patternOfRow = patternOfRow
        components = patterns.flatMap(\.components)
    }

    func codes(of row: Int) -> AttributeCodes? {
        patternOfRow[row] == Self.missing ? nil : patterns[Int(patternOfRow[row])]
    }

    /// The cosine of each pattern with `query`.
    ///
    /// - Complexity: O(width of the space + columns of all patterns)
    func cosines(with query: AttributeCodes) -> [Double] {
        var table = [Double](repeating: 0, count: space.width)
        for (column, component) in zip(query.columns, query.components) { table[Int(column)] = Double(component) }
        var position = 0
        return patterns.map { pattern in
            var sum = 0.0
            for column in pattern.columns {
                sum += table[Int(column)] * Double(components[position])
                position += 1
            }
            return min(max(sum, -1), 1)
        }
    }
}
