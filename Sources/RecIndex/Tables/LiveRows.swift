package import RecFiles

/// Which rows of a table count when some do not, in the forms that a search takes, so that it need not make them.
///
/// A value like any other: a snapshot keeps the one it was published with, and a change makes the next one of a copy.
package struct LiveRows: Sendable {
    /// A flag for each row that says whether the product counts.
    private(set) var flags: RowFlags

    /// The number of products that count.
    package private(set) var count: Int

    /// A bit for each slot of the codes that holds a product that counts, 16 slots a number; `nil` without
    /// codes.
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

    /// Makes a row that counts do so no longer.
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
