internal import RecCompute
package import RecFiles

extension ProductCodes {
    /// Slots of a list of gathered codes.
    private static let gatheredList = 1024

    /// Rows that are projected at a time.
    private static let piece = 128

    /// Encodes rows in the directions of other rows, with much less work than new directions and with proven, looser
    /// bounds.
    ///
    /// Existing codes of a row in these directions are copied. Lists hold rows in their order, without a search for
    /// neighbours.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - isPresent: Whether each row has the block.
    ///   - places: The source of each row.
    ///   - sources: The codes of the source segments, if they have any.
    ///   - model: Codes whose directions and steps are used.
    /// - Returns: The codes, or `nil` when the directions of the model are unusable.
    /// - Complexity: O(rows * dimension * directions) for those that are not copied
    package static func gathered(
        _ rows: FloatRows,
        isPresent: NumberArray<UInt8>,
        places: [FloatRows.Place],
        sources: [ProductCodes?],
        like model: ProductCodes
    ) -> ProductCodes? {
        guard let directions = model.origin.directions(of: model) else { return nil }
        let slotOfRow = sources.map { source in source.flatMap { $0.origin === model.origin ? $0.slotOfRow : nil } }
        let rowCount = isPresent.withSpan { flags in flags.indices.count { flags[$0] == 1 } }
        var shape = model.shape
        shape.slots = (rowCount + CodeShape.lanes - 1) / CodeShape.lanes * CodeShape.lanes
        shape.lists = max((shape.slots + gatheredList - 1) / gatheredList, 1)
        let gathered = CodeSlots(shape)
        var isNew: [Int] = []
        var slot = 0
        for row in 0..<rows.rowCount where isPresent[row] == 1 {
            let place = places[row]
            gathered.put(row, into: slot)
            if let source = sources[place.source], let slots = slotOfRow[place.source], place.row < slots.count {
                gathered.copy(source.arrays, Int(slots[place.row]), to: slot)
            } else {
                isNew.append(slot)
            }
            slot += 1
        }
        // Rounded bounds do not change when codes are copied repeatedly.
        var errors = [Float](repeating: 0, count: model.chunks)
        var headNorm: Float = 0
        for case let (source?, slots?) in zip(sources, slotOfRow) where !slots.isEmpty {
            for chunk in errors.indices { errors[chunk] = max(errors[chunk], source.errors[chunk]) }
            headNorm = max(headNorm, source.headNorm)
        }
        let settings = CodeSettings(headChunks: model.headChunks, chunks: model.chunks, lists: 1)
        var encoder = RowEncoder(directions, settings: settings, steps: model.steps.array(0..<model.chunks))
        let projected = SharedNumbers<Float>(repeating: 0, count: Self.piece * directions.count)
        for start in stride(from: 0, to: isNew.count, by: Self.piece) {
            let slots = Array(isNew[start..<min(start + Self.piece, isNew.count)])
            let numbers = gathered.rows.read { rows in slots.map { Int(rows[$0]) } }
            let some = FloatRows(
                gathering: numbers.map { FloatRows.Place(source: 0, row: $0) },
                of: [rows],
                dimension: rows.dimension
            )
            projected.write { projected in
                some.withRows(0..<slots.count) { some in
                    directions.product.multiply(some, count: slots.count, into: &projected)
                    for (position, slot) in slots.enumerated() {
                        encoder.encode(
                            some.extracting(position * rows.dimension..<(position + 1) * rows.dimension),
                            projected: projected.span.extracting(
                                position * directions.count..<(position + 1) * directions.count
                            )
                        )
                        gathered.take(encoder, to: slot)
                        for chunk in errors.indices {
                            errors[chunk] = max(errors[chunk], Float(roundingUp: encoder.errors[chunk]))
                        }
                        headNorm = max(headNorm, Float(roundingUp: encoder.headNorm))
                    }
                }
            }
        }
        var arrays = CodeArrays()
        arrays.mean = model.mean
        arrays.directions = model.directions
        arrays.steps = model.steps
        arrays.errors = NumberArray(errors)
        arrays.starts = NumberArray(
            (0...shape.lists).map { UInt32(min($0 * gatheredList / CodeShape.lanes, shape.blocks)) }
        )
        gathered.move(to: &arrays)
        // No decoded head is further from zero than the greatest one.
        ListSummary(of: arrays, shape, radius: headNorm, team: ThreadTeam(count: 1)).move(to: &arrays)
        var codes = ProductCodes(shape, arrays, headNorm: headNorm)
        codes.origin = model.origin
        return codes
    }

    /// The slot of each row, ``noRow`` for those that lack the block, up to the last one that has it.
    private var slotOfRow: [UInt32] {
        arrays.rows.withSpan { rows in
            var slots: [UInt32] = []
            for slot in rows.indices where rows[slot] != Self.noRow {
                let row = Int(rows[slot])
                if row >= slots.count {
                    slots.append(contentsOf: repeatElement(Self.noRow, count: row + 1 - slots.count))
                }
                slots[row] = UInt32(slot)
            }
            return slots
        }
    }
}
