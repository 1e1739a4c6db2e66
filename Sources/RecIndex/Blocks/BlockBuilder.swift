internal import RecCore

/// Collects one block of all products, in the order of arrival.
protocol BlockBuilder: Sendable {
    /// Whether a product may have this block of the space; some blocks are for queries only.
    func accepts(_ block: Embedding.Block) -> Bool

    /// Adds the block of one product.
    ///
    /// - Precondition: The block fits the space, and is accepted.
    mutating func append(_ block: Embedding.Block?)

    /// Makes the block with its rows in another order; the builder is empty afterwards.
    ///
    /// - Parameter order: For each row of the result, the position at which it was added.
    /// - Returns: The block.
    mutating func build(order: [Int]) -> any StoredBlock
}
