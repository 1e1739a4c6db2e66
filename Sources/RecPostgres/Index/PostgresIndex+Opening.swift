public import RecCore
internal import RecFiles
internal import RecIndex
internal import RecMetadata

extension PostgresIndex {
    /// Creates the tables of an index without products.
    ///
    /// There are two: `table` with the products, and one with `_space` behind its name that describes them.
    ///
    /// - Parameters:
    ///   - table: The name of the table, as it is; at most 57 bytes.
    ///   - schema: The schema; `nil` for the first of the connection's search path.
    ///   - space: The space of the embeddings; dense blocks have at most 16,000 components.
    ///   - client: Runs the SQL.
    ///   - approximate: Whether the table gets a column for a graph; build it with ``buildGraph(links:candidates:)``
    ///     once most products are there.
    ///   - servers: Foreign servers of `postgres_fdw` that hold the products, if they are not to lie in this database.
    ///     Each has the option `extensions 'vector'`, and an index of the same name and space that was created there
    ///     before.
    ///   - replacing: Whether the tables of an index of that name are removed first, in the same transaction.
    ///   - notes: Texts to store with the index, by name.
    /// - Returns: The index.
    /// - Throws: `RecError` with code `invalidSetting` for a name or a space that a table cannot have, of kind
    ///   `conflict` when there is a table of that name, of kind `configuration` when the database lacks pgvector 0.8;
    ///   `unreachable` and `deadlineExceeded`.
    public static func create(
        table: String,
        schema: String? = nil,
        space: EmbeddingSpace,
        in client: some PostgresClient,
        approximate: Bool = false,
        shards servers: [String] = [],
        replacing: Bool = false,
        notes: [String: String] = [:]
    ) async throws -> PostgresIndex {
        try await create(
            table: table,
            schema: schema,
            space: space,
            in: client,
            approximate: approximate,
            shards: servers,
            replacing: replacing,
            notes: notes,
            publishing: false
        )
    }

    /// Creates the tables of an index, for a publication that fills it where `isPublishing`: nobody else can read or
    /// change it until ``finishPublishing()`` was called.
    package static func create(
        table: String,
        schema: String? = nil,
        space: EmbeddingSpace,
        in client: some PostgresClient,
        approximate: Bool = false,
        shards servers: [String] = [],
        replacing: Bool = false,
        notes: [String: String] = [:],
        publishing isPublishing: Bool
    ) async throws -> PostgresIndex {
        let name = try TableName(schema: schema, table: table)
        try TableLayout.check(space)
        do {
            let types = try await vectorTypes(creatingIn: client)
            let place = try await client.run([PostgresStatement("select current_schema()")])
            let target = try schema ?? place.first?.first?.text(0) ?? "public"
            let layout = TableLayout(
                name: try name.inSchema(target),
                space: space,
                types: types,
                isFinished: !isPublishing,
                generation: [UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max)].map {
                    String($0, radix: 16)
                }.joined(separator: "-"),
                navigation: approximate ? Navigation(space) : nil,
                notes: notes
            )
            var statements: [PostgresStatement] = []
            if replacing {
                try await requireOwn(layout.name, client)
                statements = TableLayout.removal(layout.name)
            }
            _ = try await client.run(statements + layout.creation(on: servers))
            var index = try await open(table: table, schema: target, in: client)
            index.isPublishing = isPublishing
            return index
        } catch let failure as PostgresFailure {
            throw failure.error(name)
        }
    }

    /// Opens an index.
    ///
    /// - Parameters:
    ///   - table: The name of its table.
    ///   - schema: The schema; `nil` for the first of the connection's search path that has such a table.
    ///   - client: Runs the SQL.
    ///   - expected: Blocks that the index must have just so, such as those of an extractor.
    /// - Returns: The index.
    /// - Throws: `RecError` with code `recipeMismatch` when a block was made by another recipe, of kind `configuration`
    ///   when there is no such index, its tables are of a newer version, or the database lacks pgvector 0.8;
    ///   `unreachable` and `deadlineExceeded`.
    public static func open(
        table: String,
        schema: String? = nil,
        in client: some PostgresClient,
        expecting expected: [EmbeddingSpace.Block] = []
    ) async throws -> PostgresIndex {
        let given = try TableName(schema: schema, table: table)
        do {
            var find = SQLBuilder()
            let relation = find.bind(try .text(given.space))
            let found = try await client.run([
                VectorTypes.statement,
                find.statement(
                    "select n.nspname from pg_catalog.pg_class c "
                        + "join pg_catalog.pg_namespace n on n.oid = c.relnamespace "
                        + "where c.oid = to_regclass(\(relation))"
                ),
            ])
            guard let types = try VectorTypes(found[0]) else { throw VectorTypes.missing }
            guard let place = try found[1].first?.text(0) else {
                throw PostgresFailure(state: "42P01", message: "no table \(given.space)")
            }
            let name = try given.inSchema(place)
            var shards = SQLBuilder()
            let parent = shards.bind(try .text(name.products))
            let rows = try await client.run([
                PostgresStatement("select format::int8 from \(name.space)"),
                PostgresStatement("select * from \(name.space)"),
                shards.statement(
                    """
                    select format('%I.%I', n.nspname, c.relname), c.relkind = 'f' from pg_catalog.pg_inherits i
                    join pg_catalog.pg_class c on c.oid = i.inhrelid
                    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                    where i.inhparent = to_regclass(\(parent)) order by c.relname
                    """
                ),
            ])
            let partitions = try rows[2].map { row in try row.text(0) ?? "" }
            let isSharded = try rows[2].contains { row in try row.bool(1) == true }
            let layout = try self.layout(
                name,
                types,
                format: rows[0],
                rows[1],
                shards: isSharded ? partitions : []
            )
            try layout.space.check(expected, path: name.products)
            return PostgresIndex(layout, client)
        } catch let failure as PostgresFailure {
            throw failure.error(given)
        }
    }

    /// Removes the tables of an index.
    ///
    /// - Throws: `RecError` of kind `configuration` when the tables are not those of an index; nothing is removed then.
    public static func drop(table: String, schema: String? = nil, in client: some PostgresClient) async throws {
        let index = try await open(table: table, schema: schema, in: client)
        do {
            _ = try await client.run(TableLayout.removal(index.layout.name))
        } catch let failure as PostgresFailure {
            throw failure.error(index.layout.name)
        }
    }

    private static func layout(
        _ name: TableName,
        _ types: VectorTypes,
        format: [PostgresRow],
        _ rows: [PostgresRow],
        shards: [String]
    ) throws(RecError) -> TableLayout {
        guard let format = try format.first?.integer(0), let row = rows.first else { throw foreign(name) }
        guard format <= TableLayout.format else {
            throw RecError(
                .newerTable,
                "The table \(name.products) has version \(format); this package reads \(TableLayout.format) at most. "
                    + "Use a newer version of the package."
            )
        }
        guard row.cells.count == (format > 1 ? 7 : 6), let generation = try row.text(1), let bytes = try row.bytes(2),
            let notes = try row.json(4, JSONStrings.object), let navigation = try row.integer(5)
        else { throw foreign(name) }
        var reader = ByteReader(bytes)
        guard let space = try? reader.readSpace(), reader.remaining == 0 else { throw foreign(name) }
        return TableLayout(
            name: name,
            space: space,
            types: types,
            version: format,
            isFinished: format > 1 ? try row.bool(6) == true : true,
            generation: generation,
            navigation: navigation > 0 ? Navigation(space) : nil,
            shards: shards,
            notes: Dictionary(notes.map { ($0.name, $0.value) }) { $1 }
        )
    }

    private static func foreign(_ name: TableName) -> RecError {
        RecError(
            .unknownTable,
            "The tables \(name.products) and \(name.space) are not those of an index, or are damaged."
        )
    }

    /// Nothing but an index is replaced.
    private static func requireOwn(_ name: TableName, _ client: some PostgresClient) async throws {
        var sql = SQLBuilder()
        let tables = [sql.bind(try .text(name.products)), sql.bind(try .text(name.space))]
        let found = try await client.run([
            sql.statement("select to_regclass(\(tables[0])) is null, to_regclass(\(tables[1])) is null")
        ])
        guard let row = found.first?.first, let lacks = try row.bool(0), let lacksSpace = try row.bool(1) else {
            return
        }
        if lacks, lacksSpace { return }
        guard !lacks, !lacksSpace else { throw foreign(name) }
        _ = try await open(table: name.table, schema: name.schema, in: client)
    }

    /// The types of pgvector; the extension is created where it is available but missing.
    private static func vectorTypes(creatingIn client: some PostgresClient) async throws -> VectorTypes {
        if let types = try VectorTypes(try await client.run([VectorTypes.statement])[0]) { return types }
        do {
            _ = try await client.run([PostgresStatement("create extension if not exists vector")])
        } catch is PostgresFailure {
            throw VectorTypes.missing
        }
        guard let types = try VectorTypes(try await client.run([VectorTypes.statement])[0]) else {
            throw VectorTypes.missing
        }
        return types
    }
}
