internal import RecCompute

/// What is known about the rows of each list together.
struct ListSummary {
    let centers: SharedNumbers<Float>
    let radii: SharedNumbers<Float>
    let greatestOffsets: SharedNumbers<Float>
    let meanOffsets: SharedNumbers<Float>
    let greatestTails: SharedNumbers<Float>
    /// The slots of each block that hold a row.
    let used: SharedNumbers<UInt16>

    /// The offset of a list without rows, which comes after all others.
    private static let nothing: Float = -1e30

    init(_ encoding: CodeEncoding, starts: [UInt32], headCount: Int, team: ThreadTeam) {
        let lists = starts.count - 1
        centers = SharedNumbers(repeating: 0, count: lists * headCount)
        radii = SharedNumbers(repeating: 0, count: lists)
        greatestOffsets = SharedNumbers(repeating: Self.nothing, count: lists)
        meanOffsets = SharedNumbers(repeating: Self.nothing, count: lists)
        greatestTails = SharedNumbers(repeating: 0, count: lists)
        used = SharedNumbers(repeating: 0, count: Int(starts[lists]))
        let summary = self
        team.run(units: lists) { list, _ in
            let blocks = Int(starts[list])..<Int(starts[list + 1])
            guard !blocks.isEmpty else { return }
            let slots = blocks.lowerBound * ProductCodes.lanes..<blocks.upperBound * ProductCodes.lanes
            let count = encoding.rows.read(slots) { rows in rows.indices.count { rows[$0] != ProductCodes.noRow } }
            summary.describe(list, encoding, blocks: blocks, count: count, headCount: headCount)
        }
    }

    /// The rows of a list take its first slots.
    private func describe(_ list: Int, _ encoding: CodeEncoding, blocks: Range<Int>, count: Int, headCount: Int) {
        let lanes = ProductCodes.lanes
        let step = Double(encoding.steps[0])
        used.write(blocks) { used in
            for row in 0..<count { used[row / lanes] |= 1 << UInt16(row % lanes) }
        }
        encoding.head.read(blocks.lowerBound * lanes * headCount..<blocks.upperBound * lanes * headCount) { head in
            var sums = [Int](repeating: 0, count: headCount)
            for row in 0..<count {
                let block = row / lanes * lanes * headCount
                for place in 0..<headCount {
                    sums[place] += Int(head[block + ProductCodes.headPlace(place, lane: row % lanes)])
                }
            }
            let rounded = sums.map { Float(Double($0) / Double(count) * step) }
            centers.write(list * headCount..<(list + 1) * headCount) { center in
                for place in 0..<headCount { center[place] = rounded[place] }
            }
            var greatest = 0.0
            for row in 0..<count {
                let block = row / lanes * lanes * headCount
                var square = 0.0
                for place in 0..<headCount {
                    let code = head[block + ProductCodes.headPlace(place, lane: row % lanes)]
                    let difference = Double(code) * step - Double(rounded[place])
                    square += difference * difference
                }
                greatest = max(greatest, square)
            }
            radii.write(list..<list + 1) { $0[0] = Float(roundingUp: greatest.squareRoot()) }
        }
        let slots = blocks.lowerBound * lanes..<blocks.lowerBound * lanes + count
        encoding.offsets.read(slots) { offsets in
            var greatest = -Float.infinity
            var sum = 0.0
            for row in offsets.indices {
                greatest = max(greatest, offsets[row])
                sum += Double(offsets[row])
            }
            greatestOffsets.write(list..<list + 1) { $0[0] = greatest }
            meanOffsets.write(list..<list + 1) { $0[0] = Float(sum / Double(count)) }
        }
        encoding.tails.read(slots) { tails in
            var greatest: Float = 0
            for row in tails.indices { greatest = max(greatest, tails[row]) }
            greatestTails.write(list..<list + 1) { $0[0] = greatest }
        }
    }
}
