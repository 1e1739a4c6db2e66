#if Postgres
import RecCompute
import RecCore
import RecIndex
import RecPostgres
import RecTesting
import Testing

/// What Citus asks of a table that it distributes by `id`, and of statements that its workers run as they are.
@Suite("The rules of a distributed table") struct DistributedTableTests {
    private static let tables = TestTables()

    @Test func `every unique index has the identifier, by which products are distributed`() async throws {
        let catalogue = RandomCatalogue(count: 300, seed: 71)
        let pool = try await Self.tables.database.pool()
        let index = try await Self.tables.index(catalogue.space, catalogue.products, approximate: true, pool: pool)
        try await index.buildGraph()
        let rows = try await pool.rows(
            """
            select i.indexrelid::regclass::text, exists (
                select from pg_attribute a
                where a.attrelid = i.indrelid and a.attname = 'id' and a.attnum = any(i.indkey)
            )::int::int8
            from pg_index i join pg_class c on c.oid = i.indrelid
            where i.indisunique and c.relname like 'table %' and c.relname not like '%space'
            """
        )
        #expect(!rows.isEmpty)
        for row in rows {
            let name = try row.text(0) ?? ""
            #expect(try row.integer(1) == 1, "\(name)")
        }
        let references = try await pool.rows(
            "select count(*)::int8 from pg_constraint where contype = 'f' or contype = 'x'"
        )
        #expect(try references[0].integer(0) == 0, "no foreign keys and no exclusions")
    }

    @Test func `a statement reads one table, once, and orders where it limits`() async throws {
        let catalogue = RandomCatalogue(count: 300, seed: 72)
        let client = RecordingClient(try await Self.tables.database.pool())
        let name = "distributed"
        var index = try await PostgresIndex.create(table: name, space: catalogue.space, in: client, approximate: true)
        try await index.upsert(catalogue.products)
        try await index.buildGraph()
        index = try await PostgresIndex.open(table: name, in: client)
        client.forget()
        for effort in [.exact, .approximate(candidates: 20)] as [PostgresIndex.Effort] {
            index.effort = effort
            _ = try await index.search(
                catalogue.queries.map { SearchQuery($0, filter: .number("price", in: ...15), excluded: ["p1"]) }
            )
            var query = RecommendationQuery(likes: ["p1", "p2"], dislikes: ["p5"], strategy: .best)
            query.explains = true
            _ = try await Recommender(index: index).recommend(query)
        }
        _ = try await index.matches(of: .has("colour", "Red"), offset: 2, count: 5)
        _ = try await index.valueCounts(of: "tags")
        _ = try await index.attributeNames()
        _ = try await index.productCount()
        _ = try await index.ids(after: "p1", count: 10)
        try await index.change(upserting: Array(catalogue.products.prefix(5)), removing: ["p9"])
        #expect(client.statements.count > 20)
        for statement in client.statements {
            let reads = statement.matches(of: /(?:from|into|join) (?:"?\w+"?\.)?"?(distributed\w*)"?/)
            #expect(Set(reads.map(\.1)).count <= 1, "\(statement)")
            #expect(!statement.contains(" join "), "\(statement)")
            for level in Self.levels(of: statement) where level.contains(" limit ") {
                #expect(level.contains(" order by ") || level.hasPrefix("select 1 from"), "\(level)")
            }
        }
    }

    /// The text of each pair of brackets, without those within it, and that of the statement itself.
    private static func levels(of statement: String) -> [String] {
        var open = [""]
        var closed: [String] = []
        for character in statement {
            switch character {
            case "(": open.append("")
            case ")": if let level = open.popLast() { closed.append(level) }
            default: open[open.count - 1].append(character)
            }
        }
        return closed + open
    }
}

/// A client that keeps the statements.
private final class RecordingClient: PostgresClient {
    private let pool: PostgresPool
    private let record = LockedValue<[String]>([])

    init(_ pool: PostgresPool) { self.pool = pool }

    var statements: [String] { record.withLock { $0 } }

    func forget() { record.withLock { $0 = [] } }

    func run(_ statements: [PostgresStatement]) async throws -> [[PostgresRow]] {
        record.withLock { $0 += statements.map(\.sql) }
        return try await pool.run(statements)
    }

    func transaction<Value: Sendable>(
        _ body: @Sendable @concurrent (any PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await pool.transaction(body)
    }
}
#endif
