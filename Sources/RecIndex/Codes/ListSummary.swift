internal import RecCompute
internal import RecFiles

/// The centre, radius and bounds of each list, computed from the codes of its rows.
struct ListSummary {
    private let shape: CodeShape
    private let centers: SharedNumbers<Float>
    private let radii: SharedNumbers<Float>
    private let greatestOffsets: SharedNumbers<Float>
    private let meanOffsets: SharedNumbers<Float>
    private let greatestTails: SharedNumbers<Float>
    private let used: SharedNumbers<UInt16>

    /// The offset of a list without rows, which comes after all others.
    private static let nothing: Float = -1e30

    /// Summarises lists whose rows take the first slots of each.
    ///
    /// - Parameters:
    ///   - arrays: Slots with their codes, the steps of these, and the starts of the lists.
    ///   - shape: The sizes of the arrays.
    ///   - radius: The radius of all lists around zero; `nil` finds a centre and a radius for each list.
    ///   - team: The threads.
    init(of arrays: CodeArrays, _ shape: CodeShape, radius: Float? = nil, team: ThreadTeam) {
        self.shape = shape
        centers = SharedNumbers(repeating: 0, count: shape.lists * shape.headCount)
        radii = SharedNumbers(repeating: radius ?? 0, count: shape.lists)
        greatestOffsets = SharedNumbers(repeating: Self.nothing, count: shape.lists)
        meanOffsets = SharedNumbers(repeating: Self.nothing, count: shape.lists)
        greatestTails = SharedNumbers(repeating: 0, count: shape.lists)
        used = SharedNumbers(repeating: 0, count: shape.blocks)
        let summary = self
        team.run(units: shape.lists) { list, _ in
            let blocks = Int(arrays.starts[list])..<Int(arrays.starts[list + 1])
            let slots = blocks.lowerBound * CodeShape.lanes..<blocks.upperBound * CodeShape.lanes
            let count = arrays.rows.withSpan(slots) { rows in rows.indices.count { rows[$0] != ProductCodes.noRow } }
            guard count > 0 else { return }
            summary.describe(list, arrays, slots.lowerBound..<slots.lowerBound + count)
            if radius == nil { summary.center(list, arrays, blocks, count: count) }
        }
    }

    /// Moves the summary to the arrays.
    func move(to arrays: inout CodeArrays) {
        arrays.centers = NumberArray(centers)
        arrays.radii = NumberArray(radii)
        arrays.greatestOffsets = NumberArray(greatestOffsets)
        arrays.meanOffsets = NumberArray(meanOffsets)
        arrays.greatestTails = NumberArray(greatestTails)
        arrays.used = NumberArray(used)
    }

    /// Finds offsets and tails of the slots of a list that hold a row.
    private func describe(_ list: Int, _ arrays: CodeArrays, _ slots: Range<Int>) {
        let first = slots.lowerBound / CodeShape.lanes
        used.write(first..<(slots.upperBound + CodeShape.lanes - 1) / CodeShape.lanes) { used in
            for row in 0..<slots.count { used[row / CodeShape.lanes] |= 1 << UInt16(row % CodeShape.lanes) }
        }
        arrays.offsets.withSpan(slots) { offsets in
            var greatest = -Float.infinity
            var sum = 0.0
            for row in offsets.indices {
                greatest = max(greatest, offsets[row])
                sum += Double(offsets[row])
            }
            greatestOffsets.write(list..<list + 1) { $0[0] = greatest }
            meanOffsets.write(list..<list + 1) { $0[0] = Float(sum / Double(slots.count)) }
        }
        arrays.tails.withSpan(slots) { tails in
            var greatest: Float = 0
            for row in tails.indices { greatest = max(greatest, tails[row]) }
            greatestTails.write(list..<list + 1) { $0[0] = greatest }
        }
    }

    /// Finds the mean of the decoded heads of a list, and the greatest distance from it.
    private func center(_ list: Int, _ arrays: CodeArrays, _ blocks: Range<Int>, count: Int) {
        let (lanes, headCount) = (CodeShape.lanes, shape.headCount)
        let step = Double(arrays.steps[0])
        arrays.head.withSpan(blocks.lowerBound * lanes * headCount..<blocks.upperBound * lanes * headCount) { head in
            var sums = [Int](repeating: 0, count: headCount)
            for row in 0..<count {
                let block = row / lanes * lanes * headCount
                for place in 0..<headCount {
                    sums[place] += Int(head[block + CodeShape.headPlace(place, lane: row % lanes)])
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
                    let code = head[block + CodeShape.headPlace(place, lane: row % lanes)]
                    let difference = Double(code) * step - Double(rounded[place])
                    square += difference * difference
                }
                greatest = max(greatest, square)
            }
            radii.write(list..<list + 1) { $0[0] = Float(roundingUp: greatest.squareRoot()) }
        }
    }
}
