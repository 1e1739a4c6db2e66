internal import RecCompute
internal import RecFiles

/// The codes of rows that are being put into slots, by several threads for slots of their own.
struct CodeSlots {
    /// The row of each slot.
    let rows: SharedNumbers<UInt32>

    private let shape: CodeShape
    private let head: SharedNumbers<Int8>
    private let middle: SharedNumbers<Int8>
    private let offsets: SharedNumbers<Float>
    private let tails: SharedNumbers<Float>
    private let middleTails: SharedNumbers<Float>

    /// Slots without rows.
    init(_ shape: CodeShape) {
        self.shape = shape
        rows = SharedNumbers(repeating: ProductCodes.noRow, count: shape.slots)
        head = SharedNumbers(repeating: 0, count: shape.slots * shape.headCount)
        middle = SharedNumbers(repeating: 0, count: shape.slots * shape.middleCount)
        offsets = SharedNumbers(repeating: 0, count: shape.slots)
        tails = SharedNumbers(repeating: 0, count: shape.slots)
        middleTails = SharedNumbers(repeating: 0, count: shape.slots * shape.middleChunks)
    }

    /// Puts a row into a slot.
    func put(_ row: Int, into slot: Int) {
        rows.write(slot..<slot + 1) { $0[0] = UInt32(row) }
    }

    /// Takes what an encoder has made of a row.
    func take(_ encoder: RowEncoder, to slot: Int) {
        head.write(block(slot)) { target in
            for place in 0..<shape.headCount {
                target[CodeShape.headPlace(place, lane: slot % CodeShape.lanes)] = encoder.codes[place]
            }
        }
        middle.write(middle(slot)) { target in
            for place in target.indices { target[place] = encoder.codes[shape.headCount + place] }
        }
        offsets.write(slot..<slot + 1) { $0[0] = encoder.offset }
        tails.write(slot..<slot + 1) { $0[0] = encoder.tails[shape.headChunks - 1] }
        middleTails.write(middleTails(slot)) { target in
            for chunk in target.indices { target[chunk] = encoder.tails[shape.headChunks + chunk] }
        }
    }

    /// Copies a slot of other codes of the same directions.
    func copy(_ source: CodeArrays, _ old: Int, to slot: Int) {
        source.head.withSpan(block(old)) { source in
            head.write(block(slot)) { target in
                for place in stride(from: 0, to: shape.headCount, by: 4) {
                    let first = CodeShape.headPlace(place, lane: old % CodeShape.lanes)
                    let second = CodeShape.headPlace(place, lane: slot % CodeShape.lanes)
                    for offset in 0..<4 { target[second + offset] = source[first + offset] }
                }
            }
        }
        source.middle.withSpan(middle(old)) { source in
            middle.write(middle(slot)) { target in
                for place in source.indices { target[place] = source[place] }
            }
        }
        offsets.write(slot..<slot + 1) { $0[0] = source.offsets[old] }
        tails.write(slot..<slot + 1) { $0[0] = source.tails[old] }
        middleTails.write(middleTails(slot)) { target in
            for chunk in target.indices { target[chunk] = source.middleTails[old * shape.middleChunks + chunk] }
        }
    }

    /// Hands over the slots; nothing is written to them from now on.
    func move(to arrays: inout CodeArrays) {
        arrays.rows = NumberArray(rows)
        arrays.head = NumberArray(head)
        arrays.middle = NumberArray(middle)
        arrays.offsets = NumberArray(offsets)
        arrays.tails = NumberArray(tails)
        arrays.middleTails = NumberArray(middleTails)
    }

    /// The head codes of the block that a slot is in.
    private func block(_ slot: Int) -> Range<Int> {
        let start = slot / CodeShape.lanes * CodeShape.lanes * shape.headCount
        return start..<start + CodeShape.lanes * shape.headCount
    }

    private func middle(_ slot: Int) -> Range<Int> { slot * shape.middleCount..<(slot + 1) * shape.middleCount }

    private func middleTails(_ slot: Int) -> Range<Int> { slot * shape.middleChunks..<(slot + 1) * shape.middleChunks }
}
