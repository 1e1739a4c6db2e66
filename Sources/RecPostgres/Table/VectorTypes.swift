internal import RecCore

/// The types of pgvector in one database.
struct VectorTypes: Sendable, Hashable {
    /// A type and that of its arrays.
    struct Pair: Sendable, Hashable {
        let element: UInt32
        let array: UInt32
    }

    /// The schema of the extension, quoted.
    let schema: String
    let vector: Pair
    let sparse: Pair
    let half: Pair

    /// The operator of the negative dot product.
    var negativeDot: String { "operator(\(schema).<#>)" }

    /// A type's name in SQL.
    func name(_ type: String) -> String { "\(schema).\(type)" }

    /// Asks for the version of the extension, its schema, its types and the encoding of the database.
    static let statement = PostgresStatement(
        """
        select e.extversion, n.nspname, current_setting('server_encoding'), t.typname,
          t.oid::int8, t.typarray::int8
        from pg_catalog.pg_extension e
        join pg_catalog.pg_namespace n on n.oid = e.extnamespace
        join pg_catalog.pg_type t on t.typnamespace = e.extnamespace and t.typname in ('vector', 'sparsevec', 'halfvec')
        where e.extname = 'vector'
        """
    )

    /// Reads the answer; `nil` when the database lacks the extension.
    ///
    /// - Throws: `RecError` with code `unsupportedDatabase`.
    init?(_ rows: [PostgresRow]) throws(RecError) {
        guard let first = rows.first else { return nil }
        let version = try first.text(0) ?? ""
        let encoding = try first.text(2) ?? ""
        var pairs: [String: Pair] = [:]
        for row in rows {
            guard let name = try row.text(3), let element = try row.integer(4), let array = try row.integer(5) else {
                continue
            }
            pairs[name] = Pair(element: UInt32(truncatingIfNeeded: element), array: UInt32(truncatingIfNeeded: array))
        }
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        guard let vector = pairs["vector"], let sparse = pairs["sparsevec"], let half = pairs["halfvec"],
            numbers.count > 1, (numbers[0], numbers[1]) >= (0, 8)
        else {
            throw RecError(
                .unsupportedDatabase,
                "The database has version \(version) of the extension 'vector'; 0.8 or later is needed. Run ALTER "
                    + "EXTENSION vector UPDATE."
            )
        }
        guard encoding == "UTF8" else {
            throw RecError(
                .unsupportedDatabase,
                "The database is encoded in \(encoding); create one with the encoding UTF8."
            )
        }
        schema = SQLName.quoted(try first.text(1) ?? "public")
        self.vector = vector
        self.sparse = sparse
        self.half = half
    }

    /// The error for a database without the extension.
    static var missing: RecError {
        RecError(
            .unsupportedDatabase,
            "The database lacks the extension 'vector' (pgvector 0.8 or later). Install it and run CREATE EXTENSION vector."
        )
    }
}

extension VectorTypes.Pair {
    /// A type of PostgreSQL itself.
    init(plain type: UInt32) {
        self.init(element: type, array: PostgresType.array(of: type))
    }
}
