#if Postgres
import ArgumentParser
import RecCore
import RecEngines
import RecPostgres

/// The table of an index that an address names: `table=NAME`, `schema=NAME` where it is needed, and `candidates=N` for
/// approximate searches.
struct PostgresTable {
    /// The name of the table.
    let name: String

    private let schema: String?

    private let effort: PostgresIndex.Effort

    /// Reads the parameters of an address.
    ///
    /// - Throws: `ValidationError` when no table is named, or when a parameter means nothing.
    init(of address: PostgresAddress) throws {
        var options = address.options
        guard let name = options.removeValue(forKey: "table"), !name.isEmpty else {
            throw ValidationError("The address \(address) does not name a table. Add ?table=NAME to it.")
        }
        self.name = name
        schema = options.removeValue(forKey: "schema")
        effort =
            try options.removeValue(forKey: "candidates").map { text in
                guard let candidates = Int(text), (1...1000).contains(candidates) else {
                    throw ValidationError("candidates is a number from 1 to 1000; this is \(text.debugDescription).")
                }
                return .approximate(candidates: candidates)
            } ?? .exact
        if let unknown = options.keys.min() {
            throw ValidationError(
                "An index has no parameter \(unknown.debugDescription). It has table, schema and candidates, beside "
                    + "those of libpq."
            )
        }
    }

    func open(in client: some PostgresClient) async throws -> PostgresIndex {
        var index = try await PostgresIndex.open(table: name, schema: schema, in: client)
        index.effort = effort
        return index
    }

    /// Opens the index for a publication, or creates it with the space and the notes of another one.
    ///
    /// - Throws: `RecError` when a table that is there lacks the place for a graph that is asked for.
    func openOrCreate(
        for index: some AnnotatedIndex,
        in client: some PostgresClient,
        replacing isReplacing: Bool,
        approximate: Bool
    ) async throws -> PostgresIndex {
        if !isReplacing {
            do {
                var index = try await open(in: client)
                index.isPublishing = true
                if approximate { try index.requirePlaceForGraph() }
                return index
            } catch let error as RecError where [.unknownTable, .unsupportedDatabase].contains(error.code) {
                // Creating makes the extension, too, or throws what is wrong with the database.
            }
        }
        return try await PostgresIndex.create(
            table: name,
            schema: schema,
            space: index.space,
            in: client,
            approximate: approximate,
            replacing: isReplacing,
            notes: index.notes,
            publishing: true
        )
    }
}
#endif
