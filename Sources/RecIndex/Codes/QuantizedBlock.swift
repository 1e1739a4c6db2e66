internal import RecFiles

/// The codes of a table's dense block, ready to be searched together with its one-hot block.
///
/// A class, since a search refers to it for each list and product, and copying its arrays would count a reference to each.
final class QuantizedBlock: Sendable {
    let codes: ProductCodes
    /// The position of the dense block and of the one-hot block in the space.
    let densePosition: Int
    let oneHotPosition: Int?
    /// The codes with the pattern of each slot.
    let table: CodeTable
    /// Where the blocks of each list start, and the end of the last.
    let starts: [Int]
    /// What is known of each list.
    let lists: [List]
    /// Neighbouring lists that several queries take turns at: the codes of a step stay in a core's cache.
    let steps: [Range<Int>]

    /// What bounds and estimates the products of a list; ``ProductCodes`` says more.
    struct List {
        let radius: Float
        let greatestOffset: Float
        let meanOffset: Float
        let greatestTail: Float
    }

    /// The number of patterns of the one-hot block, and one more for slots that lack it.
    var patternCount: Int { table.patternCount }

    /// Rows that lack the dense block, which no list holds.
    let looseRows: [Int]

    /// The dense block that codes can stand for: the only one, beside one one-hot block at most.
    static func position(in embeddings: BlockTable) -> Int? {
        let dense = embeddings.blocks.indices.filter { if case .dense = embeddings.blocks[$0] { true } else { false } }
        return dense.count == 1 && embeddings.blocks.count <= 2 ? dense[0] : nil
    }

    /// - Precondition: The codes are those of the table's dense block.
    init?(_ codes: ProductCodes, of embeddings: BlockTable) {
        guard let position = Self.position(in: embeddings), case .dense(let dense) = embeddings.blocks[position] else {
            return nil
        }
        self.codes = codes
        densePosition = position
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
        oneHotPosition = embeddings.blocks.indices.first { $0 != position }
        var patternOfRow: NumberArray<UInt32>?
        var patternCount = 0
        if let oneHotPosition, case .oneHot(let block) = embeddings.blocks[oneHotPosition] {
            patternOfRow = block.patternOfRow
            patternCount = block.patterns.count
        }
        var patterns = [UInt32](repeating: UInt32(patternCount), count: codes.slots)
        codes.rows.withSpan { rows in
            patternOfRow?.withSpan { patternOfRow in
                for slot in rows.indices where rows[slot] != ProductCodes.noRow {
                    let pattern = patternOfRow[Int(rows[slot])]
                    if pattern != OneHotBlock.missing { patterns[slot] = pattern }
                }
            }
        }
        table = CodeTable(codes.arrays, codes.shape, patterns: NumberArray(patterns), patternCount: patternCount + 1)
        looseRows = dense.isPresent.withSpan { flags in
            var rows: [Int] = []
            for row in flags.indices where flags[row] == 0 { rows.append(row) }
            return rows
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
    /// - Throws: ``RecIndexError`` with code `corrupt`.
    func check(_ candidates: [CodeCandidate]) throws(RecIndexError) {
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
