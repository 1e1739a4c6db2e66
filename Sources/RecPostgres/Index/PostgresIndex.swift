public import RecCore

/// Products with their embeddings in a table of a PostgreSQL database with pgvector.
///
/// ```swift
/// let index = try await PostgresIndex.open(table: "shop", in: client)
/// let similar = try await Recommender(index: index).similar(to: "15970")
/// ```
/// SQL finds the candidates, and the kernels of an index in this process rank them: identifiers, order, ties and scores
/// are those of an `Index` over the same products, to the last bit. A ``Effort-swift.enum/approximate(candidates:)``
/// search finds its candidates by a graph instead, and may miss some.
///
/// A call makes one round trip, and a second one where more products share the last place than were fetched. The queries
/// of a call run at the same time, on up to four connections of a ``PostgresPool``; each sees what is committed when it
/// runs.
public struct PostgresIndex: Sendable {
    private(set) var layout: TableLayout
    let client: any PostgresClient

    /// How thoroughly searches look for the nearest products.
    public var effort: Effort = .exact

    /// What rows that are fetched to settle a tie may take for each query, roughly.
    package var tieBytes = 256 << 20

    /// Whether the index may be read and changed before a publication has filled it.
    package var isPublishing: Bool {
        get { layout.isPublishing }
        set { layout.isPublishing = newValue }
    }

    init(_ layout: TableLayout, _ client: any PostgresClient) {
        self.layout = layout
        self.client = client
    }

    /// How thoroughly a search looks for the nearest products.
    public enum Effort: Sendable, Hashable {
        /// All products are compared, by SQL.
        case exact
        /// The graph gives this number of candidates, from 1 to 1,000; the table must have one
        /// (``PostgresIndex/buildGraph(links:candidates:)``).
        case approximate(candidates: Int)
    }
}

extension PostgresIndex: SimilarityIndex {
    /// The space of the embeddings, as it was when the table was opened.
    public var space: EmbeddingSpace { layout.space }

    /// The number of products.
    public func productCount() async throws -> Int {
        let parts = layout.relations.map { "select count(*) as n from \($0)" }.joined(separator: " union all ")
        let rows = try await read([PostgresStatement("select sum(n)::int8 from (\(parts)) counts")])
        return Int(try rows[0].first?.integer(0) ?? 0)
    }

    /// The names of the attributes that at least one product has, ascending by code points; reads all products.
    public func attributeNames() async throws -> [String] {
        let parts = layout.relations.map { "select jsonb_object_keys(attributes) as name from \($0)" }
        let names = parts.joined(separator: " union all ")
        let sql = "select distinct name collate \"C\" as name from (\(names)) names order by 1"
        return try await read([PostgresStatement(sql)])[0].compactMap { row in try row.text(0) }
    }

    /// The products with some identifiers, as they are at one moment.
    public func products(_ ids: [ProductID], _ contents: ProductContents) async throws -> [IndexedProduct?] {
        try await lookUp(ids, contents, attributes: []).products
    }

    /// A page of the catalogue.
    public func ids(after id: ProductID?, count limit: Int) async throws -> [ProductID] {
        let rows = try await page(after: id, count: limit, columns: "id")
        return try rows.compactMap { row in try row.text(0).map { ProductID($0) } }
    }

    func page(after id: ProductID?, count limit: Int, columns: String) async throws -> [PostgresRow] {
        guard limit > 0 else { return [] }
        var sql = SQLBuilder()
        var condition = ""
        if let id {
            // No identifier of a table has a zero, so those behind such a text are those behind its beginning.
            let start = id.rawValue.unicodeScalars.prefix { $0.value != 0 }
            condition = " where id > " + sql.bind(try .text(String(String.UnicodeScalarView(start))))
        }
        let end = "order by id limit \(limit)"
        let parts = layout.relations.map { "select \(columns) from \($0)\(condition) \(end)" }
        let union = parts.map { "(\($0))" }.joined(separator: " union all ")
        let all = parts.count == 1 ? parts[0] : "select * from (\(union)) pages \(end)"
        return try await read([sql.statement(all)])[0]
    }
}

extension PostgresIndex: CombinedLookUp {
    package func lookUp(
        _ ids: [ProductID],
        _ contents: ProductContents,
        attributes: Set<String>
    ) async throws -> (products: [IndexedProduct?], attributes: [String]) {
        let plan = RowPlan(layout, contents)
        let names = attributes.sorted()
        var statements = try names.map { try presence(of: $0) }
        let wanted = Set(ids).map(\.rawValue).filter { !$0.utf8.contains(0) }.sorted()
        if !wanted.isEmpty {
            var sql = SQLBuilder()
            let list = sql.bind(try .texts(wanted))
            statements.append(
                sql.statement("select \(plan.columns()) from \(layout.name.products) where id = any(\(list))")
            )
        }
        guard !statements.isEmpty else { return (ids.map { _ in nil }, []) }
        let answers = try await read(statements)
        var found: [ProductID: IndexedProduct] = [:]
        if !wanted.isEmpty {
            for row in answers[names.count] {
                let product = try plan.read(row).product
                found[product.id] = product
            }
        }
        let isKnown = names.indices.allSatisfy { !answers[$0].isEmpty }
        return (ids.map { found[$0] }, isKnown ? names : try await attributeNames())
    }
}

// MARK: - Statements

extension PostgresIndex {
    /// A row if a product has the attribute.
    func presence(of name: String) throws(RecError) -> PostgresStatement {
        guard !name.utf8.contains(0) else { return PostgresStatement("select 1 where false") }
        var sql = SQLBuilder()
        let name = sql.bind(try .text(name))
        let parts = layout.relations.map { "(select 1 from \($0) where attributes ? \(name) limit 1)" }
        return sql.statement(parts.joined(separator: " union all "))
    }

    /// Runs statements that change nothing, if the table is still the one that was opened.
    func read(_ statements: [PostgresStatement]) async throws -> [[PostgresRow]] {
        try await read(together: [statements])[0]
    }

    /// Runs batches of such statements, each in a transaction of its own; several need a client with connections for them.
    func read(together batches: [[PostgresStatement]]) async throws -> [[[PostgresRow]]] {
        do {
            let check = try layout.check()
            let readings = batches.map { batch in
                ([check] + batch).map { PostgresStatement($0.sql, $0.parameters, readsOnly: true) }
            }
            let answers: [[[PostgresRow]]]
            if readings.count > 1, let client = client as? any ParallelClient {
                answers = try await client.run(together: readings)
            } else {
                answers = [try await client.run(readings[0])]
            }
            for (answer, batch) in zip(answers, batches) where answer.count != batch.count + 1 {
                throw RecError(
                    .unexpectedAnswer,
                    "The client gave \(answer.count) answers to \(batch.count + 1) statements; it must give one for "
                        + "each."
                )
            }
            return answers.map { Array($0.dropFirst()) }
        } catch let failure as PostgresFailure {
            throw failure.error(layout.name)
        }
    }
}
