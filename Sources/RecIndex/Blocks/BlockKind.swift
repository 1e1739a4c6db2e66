internal import RecCore

/// A kind of block: collects and gathers the blocks of products.
///
/// A further kind brings a type of this protocol with its ``StoredBlock``, ``BlockBuilder`` and ``BlockScan``, and its
/// coding in files.
protocol BlockKind: Sendable {
    associatedtype Stored: StoredBlock

    /// An empty collection.
    ///
    /// - Parameter capacity: The expected number of products, to reserve memory for.
    /// - Returns: The collection.
    func builder(capacity: Int) -> any BlockBuilder

    /// Rows of several blocks as one, the same as if they were added to a builder.
    ///
    /// - Parameters:
    ///   - places: The source of each row.
    ///   - sources: The blocks.
    ///   - gather: Copies rows of matrices, to memory or elsewhere.
    /// - Returns: The block of all places.
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged, and the errors of `gather`.
    func gathered(
        _ places: [FloatRows.Place],
        of sources: [Stored],
        _ gather: RowGathering
    ) throws(RecError) -> Stored
}

/// Copies rows of several matrices of a dimension, in the given order, into one.
typealias RowGathering = ([FloatRows.Place], [FloatRows], Int) throws(RecError) -> FloatRows

extension BlockKind {
    /// Rows of several blocks as one, the same as if they were added to a builder.
    ///
    /// - Precondition: The blocks are of this kind.
    func gathered(
        _ places: [FloatRows.Place],
        ofBlocks blocks: [any StoredBlock],
        _ gather: RowGathering
    ) throws(RecError) -> any StoredBlock {
        let sources = blocks.compactMap { $0 as? Stored }
        precondition(sources.count == blocks.count, "blocks of one kind")
        return try gathered(places, of: sources, gather)
    }
}
