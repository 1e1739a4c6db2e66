internal import RecCompute
internal import RecFiles

/// Codes in directions of others, filled in slot by slot.
struct CodeGathering {
    /// The row of each slot.
    let rows: SharedNumbers<UInt32>

    private let rowCount: Int
    private let headChunks: Int
    private let middleChunks: Int
    private let head: SharedNumbers<Int8>
    private let middle: SharedNumbers<Int8>
    private let offsets: SharedNumbers<Float>
    private let tails: SharedNumbers<Float>
    private let middleTails: SharedNumbers<Float>

    private var headCount: Int { headChunks * ProductCodes.chunk }
    private var middleCount: Int { middleChunks * ProductCodes.chunk }

    /// - Parameters:
    ///   - rowCount: The rows that have the block; they take the first slots.
    ///   - model: Codes of the same shape.
    init(rowCount: Int, like model: ProductCodes) {
        let slots = (rowCount + ProductCodes.lanes - 1) / ProductCodes.lanes * ProductCodes.lanes
        self.rowCount = rowCount
        headChunks = model.headChunks
        middleChunks = model.middleChunks
        rows = SharedNumbers(repeating: ProductCodes.noRow, count: slots)
        head = SharedNumbers(repeating: 0, count: slots * model.headCount)
        middle = SharedNumbers(repeating: 0, count: slots * model.middleChunks * ProductCodes.chunk)
        offsets = SharedNumbers(repeating: 0, count: slots)
        tails = SharedNumbers(repeating: 0, count: slots)
        middleTails = SharedNumbers(repeating: 0, count: slots * model.middleChunks)
    }

    /// Copies a slot of other codes.
    func copy(_ source: ProductCodes, _ old: Int, to slot: Int) {
        let (from, to) = (block(old), block(slot))
        source.head.withSpan(from) { source in
            head.write(to) { target in
                for place in stride(from: 0, to: headCount, by: 4) {
                    let first = ProductCodes.headPlace(place, lane: old % ProductCodes.lanes)
                    let second = ProductCodes.headPlace(place, lane: slot % ProductCodes.lanes)
                    for offset in 0..<4 { target[second + offset] = source[first + offset] }
                }
            }
        }
        source.middle.withSpan(old * middleCount..<(old + 1) * middleCount) { source in
            middle.write(slot * middleCount..<(slot + 1) * middleCount) { target in
                for place in source.indices { target[place] = source[place] }
            }
        }
        offsets.write(slot..<slot + 1) { $0[0] = source.offsets[old] }
        tails.write(slot..<slot + 1) { $0[0] = source.tails[old] }
        middleTails.write(slot * middleChunks..<(slot + 1) * middleChunks) { target in
            for chunk in target.indices { target[chunk] = source.middleTails[old * middleChunks + chunk] }
        }
    }

    /// Takes what an encoder has made of a row.
    func take(_ encoder: RowEncoder, to slot: Int) {
        head.write(block(slot)) { target in
            for place in 0..<headCount {
                target[ProductCodes.headPlace(place, lane: slot % ProductCodes.lanes)] = encoder.codes[place]
            }
        }
        middle.write(slot * middleCount..<(slot + 1) * middleCount) { target in
            for place in target.indices { target[place] = encoder.codes[headCount + place] }
        }
        offsets.write(slot..<slot + 1) { $0[0] = encoder.offset }
        tails.write(slot..<slot + 1) { $0[0] = encoder.tails[headChunks - 1] }
        middleTails.write(slot * middleChunks..<(slot + 1) * middleChunks) { target in
            for chunk in target.indices { target[chunk] = encoder.tails[headChunks + chunk] }
        }
    }

    /// The codes, in lists of rows in their order.
    ///
    /// The centre of each list is zero, from which no decoded head is further than the norm of the greatest.
    func codes(like model: ProductCodes, errors: [Float], headNorm: Float, listLength: Int) -> ProductCodes {
        let lanes = ProductCodes.lanes
        let blocks = rows.count / lanes
        let perList = listLength / lanes
        let lists = max((blocks + perList - 1) / perList, 1)
        let starts = (0...lists).map { UInt32(min($0 * perList, blocks)) }
        var greatestOffsets: [Float] = []
        var meanOffsets: [Float] = []
        var greatestTails: [Float] = []
        for list in 0..<lists {
            let slots = list * listLength..<min((list + 1) * listLength, max(rowCount, list * listLength))
            offsets.read(slots) { offsets in
                var greatest: Float = offsets.isEmpty ? -1e30 : -.infinity
                var sum = 0.0
                for slot in offsets.indices {
                    greatest = max(greatest, offsets[slot])
                    sum += Double(offsets[slot])
                }
                greatestOffsets.append(greatest)
                meanOffsets.append(offsets.isEmpty ? -1e30 : Float(sum / Double(offsets.count)))
            }
            tails.read(slots) { tails in
                var greatest: Float = 0
                for slot in tails.indices { greatest = max(greatest, tails[slot]) }
                greatestTails.append(greatest)
            }
        }
        let used = (0..<blocks).map { block in
            UInt16(truncatingIfNeeded: (1 << min(rowCount - block * lanes, lanes)) - 1)
        }
        var codes = ProductCodes(
            dimension: model.dimension,
            headChunks: headChunks,
            chunks: model.chunks,
            mean: model.mean,
            directions: model.directions,
            steps: model.steps,
            errors: NumberArray(errors),
            headNorm: headNorm,
            starts: NumberArray(starts),
            centers: NumberArray([Float](repeating: 0, count: lists * headCount)),
            radii: NumberArray([Float](repeating: headNorm, count: lists)),
            greatestOffsets: NumberArray(greatestOffsets),
            meanOffsets: NumberArray(meanOffsets),
            greatestTails: NumberArray(greatestTails),
            head: NumberArray(head),
            offsets: NumberArray(offsets),
            tails: NumberArray(tails),
            rows: NumberArray(rows),
            used: NumberArray(used),
            middle: NumberArray(middle),
            middleTails: NumberArray(middleTails)
        )
        codes.origin = model.origin
        return codes
    }

    /// The head codes of the block that a slot is in.
    private func block(_ slot: Int) -> Range<Int> {
        let start = slot / ProductCodes.lanes * ProductCodes.lanes * headCount
        return start..<start + ProductCodes.lanes * headCount
    }
}
