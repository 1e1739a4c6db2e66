/// A client that copies rows to a table.
package protocol CopyingClient: PostgresClient {
    /// Copies rows, as one transaction.
    ///
    /// - Parameters:
    ///   - sql: Statements without parameters; the last one is a `COPY … FROM STDIN`.
    ///   - rows: The rows in the format that it names.
    /// - Throws: As ``PostgresConnection/run(_:)``.
    func copy(_ sql: String, _ rows: [UInt8]) async throws
}
