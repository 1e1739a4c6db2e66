internal import RecCompute
internal import RecCore
internal import RecFiles

/// The codes of a table's vectors, prepared for searches together with its other blocks.
///
/// A class, since a search refers to it for each list and product, and copying its arrays would count a reference to each.
final class QuantizedBlock: Sendable {
    let codes: ProductCodes
    /// The position in the space of the encoded block.
    let position: Int
    /// Where the blocks of each list start, and the end of the last.
    let starts: [Int]
    /// The bounds of each list.
    let lists: [List]
    /// Neighbouring lists that several queries scan in turn, so that the codes of a step stay in a core's cache.
    let steps: [Range<Int>]

    /// The bounds and estimates of the products of a list (``ProductCodes``).
    struct List {
        let radius: Float
        let greatestOffset: Float
        let meanOffset: Float
        let greatestTail: Float
    }

    /// Rows that lack the dense block and so are in no list.
    let looseRows: [UInt32]

    /// The codes with the patterns of slots, for queries that use other blocks.
    private let known: PatternCache<CodePatterns>

    /// The patterns of slots, and the codes with them.
    struct CodePatterns: Sendable {
        let slots: SlotPatterns
        let table: CodeTable
    }

    /// The vectors that are encoded: those with the most components.
    static func vectors(of embeddings: BlockTable) -> (position: Int, block: DenseBlock)? {
        var widest: (position: Int, block: DenseBlock)?
        for case let (position, block as DenseBlock) in embeddings.blocks.enumerated()
        where block.rows.dimension > widest?.block.rows.dimension ?? 0 {
            widest = (position, block)
        }
        return widest
    }

    /// - Precondition: The codes are those of the table's ``vectors(of:)``.
    init?(_ codes: ProductCodes, of embeddings: BlockTable) {
        guard let (position, dense) = Self.vectors(of: embeddings) else { return nil }
        self.codes = codes
        self.position = position
        known = PatternCache(embeddings, besides: position)
        starts = codes.starts.array(0..<codes.lists + 1).map { Int($0) }
        lists = (0..<codes.lists).map { list in
            List(
                radius: codes.radii[list],
                greatestOffset: codes.greatestOffsets[list],
                meanOffset: codes.meanOffsets[list],
                greatestTail: codes.greatestTails[list]
            )
        }
        steps = Self.steps(starts)
        looseRows = dense.absentRows()
    }

    /// The patterns of slots for a query; `nil` when one of its other blocks has no groups.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    /// - Complexity: O(number of slots) for the first query of its kind
    func patterns(for query: SearchQuery) throws(RecError) -> CodePatterns? {
        try known.value(for: query) { [codes] groups in
            let slots = SlotPatterns(codes.rows, groups)
            let table = CodeTable(codes.arrays, codes.shape, patterns: slots.patternOfSlot, patternCount: slots.count)
            return CodePatterns(slots: slots, table: table)
        }
    }

    /// Blocks of a step at least.
    private static let leastBlocks = 32

    /// Divides lists into steps.
    private static func steps(_ starts: [Int]) -> [Range<Int>] {
        var steps: [Range<Int>] = []
        var first = 0
        for end in starts.indices.dropFirst() where starts[end] - starts[first] >= leastBlocks {
            steps.append(first..<end)
            first = end
        }
        if first < starts.count - 1 { steps.append(first..<starts.count - 1) }
        return steps
    }

    /// Checks the middle codes of some candidates, unless they were checked before.
    ///
    /// - Throws: `RecError` with code `corrupt`.
    func check(_ candidates: [CodeCandidate]) throws(RecError) {
        guard let checks = codes.checks else { return }
        for candidate in candidates where !checks.hasChecked(Int(candidate.slot)) {
            try codes.check(CollectionOfOne(Int(candidate.slot)))
        }
    }

    /// The list whose products are expected to score best with a vector.
    func nearestList(to projection: QueryProjection) -> Int {
        var products = [Float](repeating: 0, count: max(codes.lists, 1))
        let head = projection.components.span.extracting(0..<codes.headCount)
        codes.centers.withSpan { DotProduct.rows($0, count: codes.lists, query: head, into: &products) }
        var best = 0
        for list in lists.indices
        where products[list] + lists[list].meanOffset > products[best] + lists[best].meanOffset {
            best = list
        }
        return best
    }
}
