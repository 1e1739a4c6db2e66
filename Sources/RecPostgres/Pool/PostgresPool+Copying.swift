#if Postgres
extension PostgresPool: CopyingClient {
    @concurrent
    package func copy(_ sql: String, _ rows: [UInt8]) async throws {
        let deadline = self.deadline(for: [])
        let connection = try await connection(until: deadline)
        defer { queue.giveBack(connection) }
        let result = try await travel(on: connection) { signal in
            connection.copy(sql, rows, until: deadline, signal: signal)
        }
        if case .failure(let fault) = result { throw error(for: fault, mayHaveEffect: true) }
    }
}
#endif
