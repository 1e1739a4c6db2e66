internal import RecCore
internal import RecFiles
internal import RecIndex

extension TableLayout {
    /// The most bytes of a row that stays in one piece.
    ///
    /// Pages have 8 KB. By default PostgreSQL moves columns of a row above 2 KB elsewhere, where reading each takes longer
    /// than comparing it.
    private static let rowBytes = 8160

    /// The most bytes of vectors that leave room for the other columns.
    private static let vectorBytes = 7000

    /// Checks that the tables can hold products of the space.
    ///
    /// - Throws: `RecError` with code `invalidSetting`.
    static func check(_ space: EmbeddingSpace) throws(RecError) {
        for block in space.blocks where block.attributes == nil && block.dimension > vectorLimit {
            throw RecError(
                .invalidSetting,
                "Block '\(block.name)' has \(block.dimension) components; pgvector takes \(vectorLimit) at most."
            )
        }
    }

    /// The statements that make the tables.
    ///
    /// - Parameter servers: The foreign servers that hold the products, each in a table of the same name.
    /// - Returns: The statements, in order.
    /// - Throws: `RecError` with code `invalidSetting` or `invalidText`.
    func creation(on servers: [String]) throws(RecError) -> [PostgresStatement] {
        let products = name.products
        var columns = [
            "id text collate \"C\" not null" + (servers.isEmpty ? " primary key" : ""),
            "title text", "pictures jsonb not null", "attributes jsonb not null", "numbers jsonb not null",
            "digest bytea not null",
        ]
        for position in space.blocks.indices { columns.append("\(column(position)) \(type(ofBlock: position))") }
        if let navigation { columns.append("navigation \(types.name("halfvec"))(\(navigation.dimension))") }
        let kind = servers.isEmpty ? "with (toast_tuple_target = \(Self.rowBytes))" : "partition by hash (id)"
        var statements = [
            "create table \(name.space) (format int4 not null, generation text not null, space bytea not null, "
                + "description text not null, notes jsonb not null, navigation int4 not null, "
                + "finished boolean not null)",
            "create table \(products) (\(columns.joined(separator: ", "))) \(kind)",
        ]
        if servers.isEmpty {
            // Where a row is too long, the navigation goes, which the graph holds as well.
            let vectors = space.blocks.indices.filter { space.blocks[$0].attributes == nil }
            if vectors.reduce(0, { $0 + 4 * space.blocks[$1].dimension + 8 }) <= Self.vectorBytes {
                statements += vectors.map { "alter table \(products) alter column \(column($0)) set storage main" }
            }
            statements.append("create index on \(products) using gin (attributes)")
            if navigation != nil { statements.append("create index on \(products) (id) where navigation is null") }
        }
        for (number, server) in servers.enumerated() {
            let shard = try shardName(number)
            let schema = name.schema.map { ", schema_name \(SQLName.constant($0))" } ?? ""
            statements.append(
                "create foreign table \(shard) partition of \(products) for values with "
                    + "(modulus \(servers.count), remainder \(number)) server \(SQLName.quoted(server)) options "
                    + "(table_name \(SQLName.constant(name.table))\(schema), batch_size '200')"
            )
        }
        return statements.map { PostgresStatement($0) } + [try description()]
    }

    /// The foreign table of a shard.
    private func shardName(_ number: Int) throws(RecError) -> String {
        try TableName(schema: name.schema, table: "\(name.table)_\(number + 1)").products
    }

    private func type(ofBlock position: Int) -> String {
        let block = space.blocks[position]
        guard let attributes = block.attributes else { return "\(types.name("vector"))(\(block.dimension))" }
        return "\(types.name("sparsevec"))(\(attributes.width + attributes.attributes.count))"
    }

    private func description() throws(RecError) -> PostgresStatement {
        var writer = ByteWriter()
        writer.write(space)
        let blocks = space.blocks.enumerated().map { position, block in
            let content =
                block.attributes.map { "one-hot of \($0.attributes.map(\.name).joined(separator: ", "))" }
                ?? "\(block.dimension) components, \(block.recipe?.description ?? "")"
            return "\(column(position)): \(block.name), \(content)"
        }
        var sql = SQLBuilder()
        let values = [
            sql.bind(.integer(Self.format)) + "::int4", sql.bind(try .text(generation)), sql.bind(.bytes(writer.bytes)),
            sql.bind(try .text(blocks.joined(separator: "\n"))), sql.bind(try .jsonb(JSONWriter.object(notes))),
            sql.bind(.integer(Int64(navigation?.dimension ?? 0))) + "::int4", "\(isFinished)",
        ]
        return sql.statement("insert into \(name.space) values (\(values.joined(separator: ", ")))")
    }

    /// The statements that remove the tables; the space first, whose lock ends the calls that are open.
    static func removal(_ name: TableName) -> [PostgresStatement] {
        [name.space, name.products].map { PostgresStatement("drop table if exists \($0)") }
    }

    /// The statements that build the graph of approximate search, unless it is there.
    func graph(links: Int, candidates: Int) -> [PostgresStatement] {
        guard let navigation else { return [] }
        // The graph of a build that fits the memory is made at once.
        let kilobytes = "3 * count(*) * \(navigation.dimension * 2 + 300) / 1024"
        let halves = "(select greatest(65536, \(kilobytes)) from \(name.products))"
        return [
            PostgresStatement(
                "select set_config('maintenance_work_mem', least(2097151, \(halves))::text || 'kB', true)"
            ),
            PostgresStatement(
                "create index on \(name.products) using hnsw (navigation \(types.name("halfvec_ip_ops"))) with "
                    + "(m = \(links), ef_construction = \(candidates)) where navigation is not null"
            ),
            PostgresStatement("analyze \(name.products)"),
        ]
    }
}
