#if Postgres
internal import RecCompute
internal import RecCore
internal import Synchronization

extension PostgresPool: CopyingClient {
    @concurrent
    package func copy(_ sql: String, _ rows: [UInt8]) async throws {
        let deadline = self.deadline(for: [])
        let connection = try await connection(until: deadline)
        defer { queue.giveBack(connection) }
        let signal = CancellationSignal()
        let result = try await withTaskCancellationHandler {
            try await connection.thread.run { [self] in
                trips.add(1, ordering: .relaxed)
                return connection.copy(sql, rows, until: deadline, signal: signal)
            }
        } onCancel: {
            signal.cancel()
        }
        if case .failure(let fault) = result { throw error(for: fault, mayHaveEffect: true) }
    }
}
#endif
