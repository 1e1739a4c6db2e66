#if Postgres
import RecCore
import RecMetadata
import RecPostgres

/// A catalogue in a database: `postgresql://user@host:port/database?table=NAME`.
///
/// Instead of `table`, `query` has a query of SQL. `id`, `title` and `picture` name columns other than those, and `folder`
/// is the folder that paths of pictures start from, and that they stay in.
struct DatabaseCatalogue {
    let catalogue: PostgresCatalogue

    /// The table, with its schema and a point before it if need be, where one is named.
    let table: String?

    /// Reads the parameters of an address; connects to nothing yet.
    ///
    /// - Parameters:
    ///   - address: The database.
    ///   - query: The query of `--query`, which comes before that of the address.
    /// - Throws: `RecError` with code `invalidSetting` for parameters that cannot be used, and the errors of
    ///   `PostgresPool`.
    init(_ address: PostgresAddress, query: String?) throws {
        var options = address.options
        func take(_ name: String) -> String? { options.removeValue(forKey: name) }
        let table = take("table")
        let addressQuery = take("query")
        var format = JSONLinesFormat()
        if let id = take("id") { format.idField = id }
        if let title = take("title") { format.titleFields = [title] }
        if let picture = take("picture") { format.pictureField = picture }
        format.pictureFolder = take("folder")
        format.allowsPicturesAnywhere = format.pictureFolder == nil
        guard options.isEmpty else {
            throw RecError(
                .invalidSetting,
                "The address has an unknown parameter \(options.keys.sorted().map(\.debugDescription).joined(separator: ", ")); "
                    + "there are table, query, id, title, picture, folder, and those of libpq."
            )
        }
        self.table = table
        let client = try PostgresPool(address)
        if let query = query ?? addressQuery {
            catalogue = PostgresCatalogue(client, query: PostgresStatement(query), format: format)
        } else if let table {
            catalogue = PostgresCatalogue(client, table: table, format: format)
        } else {
            throw RecError(.invalidSetting, "Say which products: add ?table=NAME to the address, or --query SQL.")
        }
    }
}
#endif
