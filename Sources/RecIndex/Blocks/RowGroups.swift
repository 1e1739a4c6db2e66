package import RecFiles

/// The rows of a block in groups whose cosines with a query are bounded together.
package struct RowGroups: Sendable {
    /// The group of a row that lacks the block.
    package static let missing = UInt32.max

    /// The group of each row, or `missing`.
    package let groupOfRow: NumberArray<UInt32>

    /// The number of groups.
    package let count: Int

    /// How often neighbouring groups, the two with numbers 2 *n* and 2 *n* + 1, may be merged.
    package let halvings: Int
}
