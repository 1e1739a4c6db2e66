internal import RecCore
internal import RecMetadata

/// What the columns of a catalogue's query are, and the SQL that reads them.
struct CatalogueColumns: Sendable {
    private let query: PostgresStatement
    private let format: JSONLinesFormat
    private let names: [String]
    /// The SQL type of the identifiers.
    private let idType: String
    /// Whether pictures are bytes in the database.
    let hasPictureBytes: Bool

    /// Asks the database; `nil` for a query without rows.
    init?(of query: PostgresStatement, _ format: JSONLinesFormat, on connection: any PostgresConnection) async throws {
        let table = Self.subquery(query.sql)
        func first(_ columns: String) async throws -> PostgresRow? {
            let sql = "select \(columns) from \(table) q limit 1"
            return try await connection.run([PostgresStatement(sql, query.parameters, readsOnly: true)]).first?.first
        }
        guard let row = try await first("array(select jsonb_object_keys(to_jsonb(q)))") else { return nil }
        names = try row.texts(0)?.compactMap(\.self) ?? []
        guard names.contains(format.idField) else {
            throw RecError(
                .missingColumn,
                "The query has no column \(format.idField.debugDescription) for the identifiers, only: "
                    + names.map(\.debugDescription).sorted().joined(separator: ", ")
            )
        }
        let picture = names.contains(format.pictureField) ? "q." + SQLName.quoted(format.pictureField) : "null"
        let types = try await first(
            "pg_typeof(q.\(SQLName.quoted(format.idField)))::text, pg_typeof(\(picture))::text"
        )
        let type = try types?.text(0) ?? "text"
        idType = Self.unlimited[type] ?? type
        hasPictureBytes = try types?.text(1) == "bytea"
        self.query = query
        self.format = format
    }

    /// Types whose bare name means a length of 1, with the names that have no limit.
    private static let unlimited = ["character": "bpchar", "bit": "varbit"]

    /// The names of the products of rows with some identifiers, as texts of SQL: what the rows' JSON has, and whether it
    /// is a number.
    func names(of ids: [String]) throws(RecError) -> PostgresStatement {
        PostgresStatement(
            """
            select value #>> '{}', jsonb_typeof(value) = 'number'
                from (select to_jsonb(id) as value from unnest($1::text[]::\(idType)[]) id) ids
            """,
            [try .texts(ids)],
            readsOnly: true
        )
    }

    /// The rows, each as its identifier and JSON; bytes of a picture as their SHA-256.
    private var rows: String {
        let id = "q." + SQLName.quoted(format.idField)
        let table = Self.subquery(query.sql)
        guard hasPictureBytes else { return "select \(id)::text, to_jsonb(q)::text from \(table) q" }
        let columns = names.map { name in
            let column = SQLName.quoted(name)
            return name == format.pictureField ? "encode(sha256(q.\(column)), 'hex') as \(column)" : "q.\(column)"
        }
        return
            "select \(id)::text, to_jsonb(q)::text from (select \(columns.joined(separator: ", ")) from \(table) q) q"
    }

    /// Declares a cursor over all rows.
    func declaration(of cursor: String) -> PostgresStatement {
        var statement = PostgresStatement("declare \(cursor) no scroll cursor for \(rows)", query.parameters)
        statement.deadline = PostgresCatalogue.patience
        return statement
    }

    /// The rows with some identifiers, as texts of SQL.
    func rows(of ids: [String]) throws(RecError) -> PostgresStatement {
        var statement = PostgresStatement(
            "\(rows) where \(condition("any ($\(query.parameters.count + 1)::text[]::\(idType)[])"))",
            query.parameters + [try .texts(ids)],
            readsOnly: true
        )
        statement.deadline = PostgresCatalogue.patience
        return statement
    }

    /// Types of texts, whose outer blanks the names of products lack.
    private static let texts: Set<String> = ["text", "character varying"]

    /// The identifiers, as texts of SQL, of rows that may be those of a product whose name is no identifier; `nil` where
    /// names and identifiers are the same.
    func identifiers(of id: ProductID) throws(RecError) -> PostgresStatement? {
        guard Self.texts.contains(idType) else { return nil }
        let column = "q.\(SQLName.quoted(format.idField))::text"
        var statement = PostgresStatement(
            "select \(column) from \(Self.subquery(query.sql)) q"
                + " where strpos(\(column), $\(query.parameters.count + 1)::text) > 0 limit 1000",
            query.parameters + [try .text(id.rawValue)],
            readsOnly: true
        )
        statement.deadline = PostgresCatalogue.patience
        return statement
    }

    /// The picture of the row with an identifier, as a text of SQL.
    func picture(of id: String) throws(RecError) -> PostgresStatement {
        var statement = PostgresStatement(
            "select q.\(SQLName.quoted(format.pictureField)) from \(Self.subquery(query.sql)) q"
                + " where \(condition("$\(query.parameters.count + 1)::text::\(idType)"))",
            query.parameters + [try .text(id)],
            readsOnly: true
        )
        statement.deadline = PostgresCatalogue.patience
        return statement
    }

    /// Compares in the type of the column, so that an index of the table is used.
    private func condition(_ value: String) -> String {
        "q.\(SQLName.quoted(format.idField)) = \(value)"
    }

    /// A query in the place of a table; its end may be a semicolon or a comment.
    private static func subquery(_ query: String) -> String {
        let end = query.lastIndex { !$0.isWhitespace && $0 != ";" }
        return "(" + query[..<(end.map { query.index(after: $0) } ?? query.startIndex)] + "\n)"
    }
}
