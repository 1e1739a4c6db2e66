import Foundation
import RecCore

#if Milvus
import RecMilvus
#endif
#if Postgres
import RecPostgres
#endif

/// The address of an engine on another machine: `postgresql://user@host:port/database?table=NAME`, with `schema=NAME` if
/// need be, or `milvus://host:port/COLLECTION`.
///
/// With `candidates=N`, searches are approximate. Without it, they are what the index is opened with: exact, or with 128
/// candidates for a collection that has a graph.
enum EngineAddress {
    /// Whether a setting is an address and not a path: it has a scheme.
    static func isAddress(_ text: String) -> Bool { text.contains("://") }

    /// Opens the index.
    ///
    /// - Throws: `RecError`; `SettingsError` for an unknown engine, and for a build without the engine.
    static func open(_ text: String) async throws -> OpenIndex {
        switch text.prefix(while: { $0 != ":" }) {
        case "postgresql", "postgres": return try await openTable(text)
        case "milvus", "milvuss": return try await openCollection(text)
        default:
            throw SettingsError(
                "The index address names an unknown engine. Use postgresql://user@host:port/database?table=NAME, "
                    + "milvus://host:port/COLLECTION or a path."
            )
        }
    }

    #if Postgres
    private static func openTable(_ text: String) async throws -> OpenIndex {
        let address = try PostgresAddress(text)
        let parts = Parts(text)
        guard let table = parts["table"], !table.isEmpty else {
            throw SettingsError("The address \(address) does not name a table. Add ?table=NAME to it.")
        }
        let pool = try PostgresPool(address)
        var index = try await PostgresIndex.open(table: table, schema: parts["schema"], in: pool)
        if let candidates = try parts.candidates { index.effort = .approximate(candidates: candidates) }
        return OpenIndex(engine: index, notes: index.notes) { pool.close() }
    }
    #else
    private static func openTable(_ text: String) async throws -> OpenIndex { throw absence("PostgreSQL", "Postgres") }
    #endif

    #if Milvus
    private static func openCollection(_ text: String) async throws -> OpenIndex {
        let address = try MilvusAddress(text)
        let parts = Parts(text)
        guard let collection = parts.path else {
            throw SettingsError("The address \(address) does not name a collection. Add /COLLECTION to it.")
        }
        let client = try MilvusClient(address)
        var index = try await MilvusIndex.open(collection: collection, in: client)
        if let candidates = try parts.candidates { index.effort = .approximate(candidates: candidates) }
        // Connections end with the last copy of the client.
        return OpenIndex(engine: index, notes: index.notes) {}
    }
    #else
    private static func openCollection(_ text: String) async throws -> OpenIndex { throw absence("Milvus", "Milvus") }
    #endif

    private static func absence(_ engine: String, _ trait: String) -> SettingsError {
        SettingsError(
            "This server was built without \(engine). Build it with 'swift build -c release --traits \(trait)'."
        )
    }
}

/// What an address says after the host.
private struct Parts {
    private let components: URLComponents?

    /// - Parameter address: An address that the engine's module has read: no `/` or `?` comes before the end of the host.
    init(_ address: String) {
        let place = address.drop { $0 != ":" }.dropFirst("://".count)
        components = URLComponents(string: "engine://host\(place.drop { $0 != "/" && $0 != "?" })")
    }

    /// The path without its slash; `nil` when there is none.
    var path: String? {
        let path = components?.path.dropFirst() ?? ""
        return path.isEmpty ? nil : String(path)
    }

    subscript(name: String) -> String? { components?.queryItems?.first { $0.name == name }?.value }

    /// The candidates of approximate searches.
    ///
    /// - Throws: `SettingsError` for what is no number; the index checks how large it is.
    var candidates: Int? {
        get throws {
            guard let text = self["candidates"] else { return nil }
            guard let number = Int(text) else {
                throw SettingsError("In the index address, candidates is a number; it is \(text.debugDescription).")
            }
            return number
        }
    }
}
