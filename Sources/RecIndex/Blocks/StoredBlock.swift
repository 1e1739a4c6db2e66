internal import RecCore

/// One block of all products, a row for each; ``BlockKind`` makes it.
///
/// A class, since a search refers to it for each product, and copying its arrays would count references.
protocol StoredBlock: AnyObject, Sendable {
    /// The block of one product, or `nil` when it lacks it.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    func block(of row: Int) throws(RecError) -> Embedding.Block?

    /// A query's block, prepared for comparison with rows; `nil` for another kind.
    ///
    /// - Parameters:
    ///   - query: The query's block.
    ///   - attributes: Weights of attributes, by name, instead of those of the space.
    ///   - isRanked: Whether rows are ranked by their cosines with it; otherwise only a few rows will be asked for.
    /// - Returns: What compares the query's block with rows.
    func scan(for query: Embedding.Block, attributes: [String: Double], isRanked: Bool) -> (any BlockScan)?

    /// Groups of rows with common bounds of their cosines; `nil` when bounds would be too loose.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    /// - Complexity: O(number of rows) the first time
    func groups() throws(RecError) -> RowGroups?
}
