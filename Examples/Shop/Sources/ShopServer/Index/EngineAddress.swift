import Foundation
import RecCore

#if Postgres
import RecPostgres
#endif

/// The address of an engine on another machine: `postgresql://user@host:port/database?table=NAME`.
enum EngineAddress {
    /// Whether a setting is an address and not a path: it has a scheme.
    static func isAddress(_ text: String) -> Bool { text.contains("://") }

    /// Opens the index.
    ///
    /// - Throws: `RecError`; `SettingsError` for an unknown engine, and for a build without the engine.
    static func open(_ text: String) async throws -> OpenIndex {
        guard ["postgresql://", "postgres://"].contains(where: { text.lowercased().hasPrefix($0) }) else {
            throw SettingsError(
                "The index address names an unknown engine. Use postgresql://user@host:port/database?table=NAME or a path."
            )
        }
        #if Postgres
        let address = try PostgresAddress(text)
        let items = URLComponents(string: text)?.queryItems ?? []
        guard let table = items.first(where: { $0.name == "table" })?.value, !table.isEmpty else {
            throw SettingsError("The address \(address) does not name a table. Add ?table=NAME to it.")
        }
        let pool = try PostgresPool(address)
        let index = try await PostgresIndex.open(
            table: table,
            schema: items.first { $0.name == "schema" }?.value,
            in: pool
        )
        return OpenIndex(engine: index, notes: index.notes) { pool.close() }
        #else
        throw SettingsError(
            "This server was built without PostgreSQL. Build it with 'swift build -c release --traits Postgres'."
        )
        #endif
    }
}
