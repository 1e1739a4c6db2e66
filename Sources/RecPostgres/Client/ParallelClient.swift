/// A client that runs several transactions at the same time.
package protocol ParallelClient: PostgresClient {
    /// The most transactions of one call.
    var width: Int { get }

    /// Runs each batch of statements as a transaction of its own, all at the same time.
    ///
    /// - Returns: The answers of each batch, in the same order.
    /// - Throws: As ``PostgresConnection/run(_:)``; the other batches are cancelled then.
    func run(together batches: [[PostgresStatement]]) async throws -> [[[PostgresRow]]]
}
