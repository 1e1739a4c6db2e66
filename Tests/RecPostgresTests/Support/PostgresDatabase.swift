#if Postgres
import RecPostgres

/// A database for the tests of one type: made at its first use in this process.
struct PostgresDatabase: Sendable {
    private let address = Task.detached { try await PostgresServer.shared().database() }

    /// A pool of its own for a test.
    func pool(_ change: (inout PostgresPool.Settings) -> Void = { _ in }) async throws -> PostgresPool {
        var settings = PostgresPool.Settings()
        settings.connections = 4
        change(&settings)
        return try PostgresPool(try await address.value, settings: settings)
    }
}

extension PostgresConnection {
    /// The rows of one statement.
    func rows(_ sql: String, _ parameters: PostgresValue..., readsOnly: Bool = false) async throws -> [PostgresRow] {
        try await run([PostgresStatement(sql, parameters, readsOnly: readsOnly)])[0]
    }
}
#endif
