package import RecFiles

/// The live rows of a table with dead ones, in the forms that a search needs.
///
/// It is a value: a snapshot keeps its own, and a change modifies a copy.
package struct LiveRows: Sendable {
    /// A flag for each row: whether the product is live.
    private(set) var flags: RowFlags

    /// The number of live products.
    package private(set) var count: Int

    /// A bit for each slot of the codes that holds a live product, 16 slots per number; `nil` without codes.
    private(set) var slotBits: [UInt16]?

    /// The slot of each row.
    private let slotOfRow: [UInt32]

    /// What stands for a slot in a row without one.
    private static let noSlot = UInt32.max

    /// - Parameters:
    ///   - flags: A flag for each row.
    ///   - rows: The row of each slot of the codes, or a number beyond all rows; `nil` without codes.
    /// - Complexity: O(number of rows + number of slots)
    package init(_ flags: RowFlags, slots rows: NumberArray<UInt32>?) {
        self.flags = flags
        count = flags.setCount
        var slots: [UInt32] = []
        if let rows {
            slotBits = flags.slotBits(for: rows)
            slots = [UInt32](repeating: Self.noSlot, count: flags.count)
            rows.withSpan { rows in
                for slot in rows.indices where rows[slot] < flags.count {
                    slots[Int(rows[slot])] = UInt32(slot)
                }
            }
        }
        slotOfRow = slots
    }

    /// Marks a live row as dead.
    ///
    /// - Complexity: O(1), and the copy of a bit or two for each row when a snapshot shares the value.
    package mutating func remove(_ row: Int) {
        flags[row] = false
        count -= 1
        guard slotBits != nil, slotOfRow[row] != Self.noSlot else { return }
        let slot = Int(slotOfRow[row])
        slotBits?[slot / 16] &= ~(1 << UInt16(slot % 16))
    }
}
