internal import RecPlatform

/// The codes of a segment's dense block, ready to be searched together with its one-hot block.
///
/// A class, since a search takes it in hand for each list and product.
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

    /// What bounds and estimates the products of a list; ``ProductCodes`` says more.
    struct List {
        let radius: Float
        let greatestOffset: Float
        let meanOffset: Float
        let greatestTail: Float
    }

    /// Rows that lack the dense block, which no list holds.
    let looseRows: [Int]

    /// The dense block of a segment that codes can stand for: its only one, beside one one-hot block at most.
    static func position(in segment: Segment) -> Int? {
        let dense = segment.blocks.indices.filter { if case .dense = segment.blocks[$0] { true } else { false } }
        return dense.count == 1 && segment.blocks.count <= 2 ? dense[0] : nil
    }

    /// - Precondition: The codes are those of the segment's dense block.
    init?(_ codes: ProductCodes, of segment: Segment) {
        guard let position = Self.position(in: segment), case .dense(let dense) = segment.blocks[position] else {
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
        oneHotPosition = segment.blocks.indices.first { $0 != position }
        var patternOfRow: NumberArray<UInt32>?
        var patternCount = 0
        if let oneHotPosition, case .oneHot(let block) = segment.blocks[oneHotPosition] {
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
        table = CodeTable(
            head: codes.head,
            offsets: codes.offsets,
            tails: codes.tails,
            patterns: NumberArray(patterns),
            patternCount: patternCount + 1,
            used: codes.used,
            middle: codes.middle,
            middleTails: codes.middleTails,
            headDimensions: codes.headCount,
            middleChunks: codes.middleChunks
        )
        looseRows = dense.isPresent.withSpan { flags in
            var rows: [Int] = []
            for row in flags.indices where flags[row] == 0 { rows.append(row) }
            return rows
        }
    }
}
