import RecCore
import RecEngines
import RecPostgres

/// The table of an index that an address names: `table=NAME`, and `schema=NAME` where it is needed.
struct PostgresTable {
    /// The name of the table.
    let name: String

    private let schema: String?

    /// Reads the parameters of an address; `nil` when there is no table.
    init?(of address: PostgresAddress) {
        guard let name = address.options["table"], !name.isEmpty else { return nil }
        self.name = name
        schema = address.options["schema"]
    }

    func open(in client: some PostgresClient) async throws -> PostgresIndex {
        try await PostgresIndex.open(table: name, schema: schema, in: client)
    }

    /// Opens the index, or creates it with the space and the notes of another one.
    func openOrCreate(
        for index: some AnnotatedIndex,
        in client: some PostgresClient,
        replacing isReplacing: Bool,
        approximate: Bool
    ) async throws -> PostgresIndex {
        if !isReplacing {
            do {
                return try await open(in: client)
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
            notes: index.notes
        )
    }
}
