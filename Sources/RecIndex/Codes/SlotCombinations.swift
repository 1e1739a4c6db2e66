internal import RecFiles

/// The combinations of groups that slots have, in the order of the first slot that has each.
struct SlotCombinations {
    /// The combination of each slot.
    private(set) var numberOfSlot: [UInt32]

    /// The group of each block in each combination, [combination][block]; the number of groups where the block is missing.
    private(set) var groups: [UInt32] = []

    /// The number of combinations; one at least.
    private(set) var count = 1

    /// Finds the combinations, or returns `nil` as soon as there are more than a limit.
    ///
    /// - Parameters:
    ///   - rows: The row of each slot.
    ///   - others: The groups of other blocks.
    ///   - halvings: How often neighbouring groups are merged, if the block allows it.
    ///   - limit: The most combinations.
    /// - Complexity: O(slots * blocks)
    init?(_ rows: NumberArray<UInt32>, _ others: [RowGroups], halvings: Int, limit: Int) {
        numberOfSlot = [UInt32](repeating: 0, count: rows.count)
        for (place, other) in others.enumerated() {
            let shift = min(halvings, other.halvings)
            refine(rows, other, place: place, shift: UInt32(shift), limit: limit)
            if count > limit { return nil }
        }
    }

    /// Divides slots by the groups of one more block; stops when that makes more combinations than the limit.
    private mutating func refine(
        _ rows: NumberArray<UInt32>,
        _ other: RowGroups,
        place: Int,
        shift: UInt32,
        limit: Int
    ) {
        let missing = UInt32(other.count >> Int(shift))
        var numbers: [UInt64: UInt32] = [:]
        var next: [UInt32] = []
        rows.withSpan { rows in
            other.groupOfRow.withSpan { groupOfRow in
                for slot in rows.indices where numbers.count <= limit {
                    let known = rows[slot] == ProductCodes.noRow ? RowGroups.missing : groupOfRow[Int(rows[slot])]
                    let group = known == RowGroups.missing ? missing : known >> shift
                    let key = UInt64(numberOfSlot[slot]) << 32 | UInt64(group)
                    if let number = numbers[key] {
                        numberOfSlot[slot] = number
                        continue
                    }
                    let number = UInt32(numbers.count)
                    numbers[key] = number
                    let earlier = Int(numberOfSlot[slot]) * place
                    next += groups[earlier..<earlier + place]
                    next.append(group)
                    numberOfSlot[slot] = number
                }
            }
        }
        // Without slots there is still one combination, without groups.
        if numbers.isEmpty { next = [UInt32](repeating: missing, count: place + 1) }
        groups = next
        count = max(numbers.count, 1)
    }
}
