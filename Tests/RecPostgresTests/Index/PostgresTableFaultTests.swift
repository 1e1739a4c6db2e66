#if Postgres
import Foundation
import RecCore
import RecEngines
import RecIndex
import RecPostgres
import RecTesting
import Synchronization
import Testing

@Suite("Faults of the tables of an index") struct PostgresTableFaultTests {
    private static let tables = TestTables()
    private let catalogue = RandomCatalogue(count: 60, seed: 51)

    @Test func `a table of another recipe is refused`() async throws {
        let pool = try await Self.tables.database.pool()
        let name = Self.tables.name()
        _ = try await PostgresIndex.create(table: name, space: catalogue.space, in: pool)
        let other = RandomCatalogue(count: 0, seed: 52).space
        let error = await #expect(throws: RecError.self) {
            try await PostgresIndex.open(table: name, in: pool, expecting: other.blocks)
        }
        #expect(error?.code == .recipeMismatch)
        #expect(
            try await PostgresIndex.open(table: name, in: pool, expecting: catalogue.space.blocks).space
                == catalogue.space
        )
        let item = RandomCatalogue(count: 1, seed: 52).products[0]
        let index = try await PostgresIndex.open(table: name, in: pool)
        let mixed = await #expect(throws: RecError.self) { try await index.upsert([item]) }
        #expect(mixed?.code == .recipeMismatch)
    }

    @Test(arguments: [
        ("", [], "CREATE EXTENSION vector"),
        (
            "", ["create extension vector", "update pg_extension set extversion = '0.7.4' where extname = 'vector'"],
            "0.7.4"
        ),
        (" encoding 'SQL_ASCII' locale 'C' template template0", ["create extension vector"], "UTF8"),
    ])
    func `a database that cannot hold an index is refused`(
        _ options: String,
        _ preparation: [String],
        _ remedy: String
    ) async throws {
        let server = try await PostgresServer.shared()
        let name = "unfit" + String(UInt.random(in: 0 ... .max))
        _ = try await PostgresPool(server.address).rows("create database \(name)\(options)")
        let pool = try PostgresPool(server.address.database(name))
        for sql in preparation { _ = try await pool.rows(sql) }
        var error = await #expect(throws: RecError.self) { try await PostgresIndex.open(table: "t", in: pool) }
        #expect(error?.code.name == "unsupported-database" && error?.message.contains(remedy) == true)
        guard !preparation.isEmpty else { return }
        error = await #expect(throws: RecError.self) {
            try await PostgresIndex.create(table: "t", space: catalogue.space, in: pool)
        }
        #expect(error?.code.name == "unsupported-database" && error?.message.contains(remedy) == true)
    }

    @Test func `a table that was replaced is an error for those that have it open`() async throws {
        let pool = try await Self.tables.database.pool()
        let name = Self.tables.name()
        let old = try await PostgresIndex.create(table: name, space: catalogue.space, in: pool)
        try await old.upsert(catalogue.products)
        let conflict = await #expect(throws: RecError.self) {
            try await PostgresIndex.create(table: name, space: catalogue.space, in: pool)
        }
        #expect(conflict?.kind == .conflict)
        let other = RandomCatalogue(count: 0, seed: 53)
        _ = try await PostgresIndex.create(table: name, space: other.space, in: pool, replacing: true)
        for call in [
            { _ = try await old.search([SearchQuery(catalogue.queries[0])]) },
            { try await old.upsert(catalogue.products) },
            { _ = try await old.remove(["p1"]) }, { _ = try await old.productCount() },
            { _ = try await old.ids(after: nil, count: 3) },
            { _ = try await old.products(["p1"], .all) }, { _ = try await old.attributeNames() },
        ] as [@Sendable () async throws -> Void] {
            let error = await #expect(throws: RecError.self) { try await call() }
            #expect(error?.code == .tableReplaced)
        }
        #expect(try await PostgresIndex.open(table: name, in: pool).productCount() == 0)
        try await PostgresIndex.drop(table: name, in: pool)
        for call in [
            { _ = try await old.productCount() }, { _ = try await PostgresIndex.open(table: name, in: pool) },
            { try await PostgresIndex.drop(table: name, in: pool) },
        ] as [@Sendable () async throws -> Void] {
            let error = await #expect(throws: RecError.self) { try await call() }
            #expect(error?.code == .unknownTable)
        }
    }

    @Test func `a table of a newer version, and one of somebody else, are refused and not removed`() async throws {
        let pool = try await Self.tables.database.pool()
        let name = Self.tables.name()
        _ = try await PostgresIndex.create(table: name, space: catalogue.space, in: pool)
        _ = try await pool.run([PostgresStatement("update \"\(name)_space\" set format = format + 1")])
        let error = await #expect(throws: RecError.self) { try await PostgresIndex.open(table: name, in: pool) }
        #expect(error?.code == .newerTable)
        _ = try await pool.run([
            PostgresStatement("create table customers (id int)"),
            PostgresStatement("create table customers_space (id int)"),
        ])
        for call in [
            { _ = try await PostgresIndex.open(table: "customers", in: pool) },
            {
                _ = try await PostgresIndex.create(
                    table: "customers",
                    space: catalogue.space,
                    in: pool,
                    replacing: true
                )
            },
            { try await PostgresIndex.drop(table: "customers", in: pool) },
        ] as [@Sendable () async throws -> Void] {
            await #expect(throws: RecError.self) { try await call() }
        }
        #expect(try await pool.rows("select * from customers").isEmpty)
    }

    @Test func `a row that others changed is an error that names it`() async throws {
        let pool = try await Self.tables.database.pool()
        let name = Self.tables.name()
        let index = try await PostgresIndex.create(table: name, space: catalogue.space, in: pool)
        try await index.upsert(catalogue.products)
        _ = try await pool.run([
            PostgresStatement("update \"\(name)\" set attributes = '[1]', numbers = '7' where id = 'p3'")
        ])
        let error = await #expect(throws: RecError.self) { try await index.products(["p1", "p3"], .all) }
        #expect(error?.code == .damagedRow)
        #expect(error?.message.contains("p3") == true)
    }

    @Test func `a client that leaves columns out gives an error`() async throws {
        let client = NarrowClient(pool: try await Self.tables.database.pool())
        let index = try await PostgresIndex.create(table: Self.tables.name(), space: catalogue.space, in: client)
        try await index.upsert(catalogue.products)
        client.isNarrow.store(true, ordering: .relaxed)
        let error = await #expect(throws: RecError.self) { try await index.products(["p1"], .all) }
        #expect(error?.code.name == "unexpected-answer")
    }

    @Test func `a server that is slow, stopped or killed gives an error and never a part of an answer`() async throws {
        let server = try PostgresServer.start()
        var settings = PostgresPool.Settings()
        settings.deadline = .seconds(2)
        let pool = try PostgresPool(server.address, settings: settings)
        let index = try await PostgresIndex.create(table: "products", space: catalogue.space, in: pool)
        try await index.upsert(catalogue.products)
        let queries = catalogue.queries.map { SearchQuery($0, count: 20) }
        let expected = try await index.search(queries)
        // Somebody holds the table.
        let holder = try PostgresPool(server.address)
        try await holder.transaction { connection in
            _ = try await connection.run([PostgresStatement("lock table products")])
            let error = await #expect(throws: RecError.self) { try await index.search(queries) }
            #expect(error?.kind == .busy)
        }
        let work = (0..<8).map { _ in
            Task { () async throws -> [RecError.Kind?] in
                var outcomes: [RecError.Kind?] = []
                for _ in 0..<200 {
                    do {
                        let answer = try await index.search(queries)
                        #expect(answer == expected)
                        outcomes.append(nil)
                    } catch let error as RecError {
                        outcomes.append(error.kind)
                    }
                }
                return outcomes
            }
        }
        try await Task.sleep(for: .milliseconds(300))
        for process in try await processes(holder) { kill(process, SIGKILL) }
        kill(try server.processID(), SIGKILL)
        for task in work {
            let outcomes = try await task.value
            #expect(outcomes.contains(.busy))
            #expect(outcomes.allSatisfy { $0 == nil || $0 == .busy })
        }
        try server.restart()
        #expect(try await index.search(queries) == expected)
    }

    @Test func `a server that is killed in the middle of a copy keeps whole pages, and a second run adds the rest`()
        async throws
    {
        let server = try PostgresServer.start()
        let pool = try PostgresPool(server.address)
        let catalogue = RandomCatalogue(count: 200, seed: 54)
        let source = try await localIndex(catalogue.space, catalogue.products)
        let index = try await PostgresIndex.create(
            table: "products",
            space: catalogue.space,
            in: pool,
            publishing: true
        )
        let slow = catalogue.products.map(\.product.id).sorted()[130].rawValue
        for statement in [
            "create function wait() returns trigger language plpgsql as 'begin perform pg_sleep(60); return new; end'",
            "create trigger waits before insert on products for each row "
                + "when (new.id = '\(slow)') execute function wait()",
        ] { _ = try await pool.rows(statement) }

        let publisher = IndexPublisher(pageSize: 50, writers: 1)
        let publication = Task { try await publisher.publish(source, to: index) }
        let waiting = "select 1 from pg_stat_activity where wait_event = 'PgSleep' and query like '%copy%'"
        var isWaiting = false
        for _ in 0..<1000 where !isWaiting {
            try await Task.sleep(for: .milliseconds(20))
            isWaiting = try await !pool.rows(waiting).isEmpty
        }
        #expect(isWaiting)
        let reader = try await PostgresIndex.open(table: "products", in: pool)
        #expect(await unfinishedCalls(of: reader, with: catalogue.products[0]) == [])
        let backends = try await processes(pool)
        kill(try server.processID(), SIGKILL)
        for process in backends { kill(process, SIGKILL) }
        let error = await #expect(throws: RecError.self) { try await publication.value }
        #expect(error?.code == .unreachable)

        try server.restart()
        #expect(await unfinishedCalls(of: reader, with: catalogue.products[0]) == [])
        #expect(try await index.productCount() == 100)
        _ = try await pool.rows("drop trigger waits on products")
        let report = try await publisher.publish(source, to: index)
        #expect((report.written, report.unchanged, report.removed) == (100, 100, 0))
        for query in catalogue.queries.map({ SearchQuery($0, count: 200, contents: .all) }) {
            #expect(try await reader.search([query])[0] == source.neighbors(query))
        }
    }

    /// The processes of the connections.
    private func processes(_ pool: PostgresPool) async throws -> [Int32] {
        try await pool.rows("select pid::int8 from pg_stat_activity where backend_type = 'client backend'").compactMap {
            try $0.integer(0).map { Int32($0) }
        }
    }
}

/// A client that can be told to give three columns at most.
private final class NarrowClient: PostgresClient {
    let isNarrow = Atomic<Bool>(false)
    private let pool: PostgresPool

    init(pool: PostgresPool) { self.pool = pool }

    func run(_ statements: [PostgresStatement]) async throws -> [[PostgresRow]] {
        let answers = try await pool.run(statements)
        guard isNarrow.load(ordering: .relaxed) else { return answers }
        return answers.map { rows in rows.map { PostgresRow(Array($0.cells.prefix(3))) } }
    }

    func transaction<Value: Sendable>(
        _ body: @Sendable @concurrent (any PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await pool.transaction(body)
    }
}
#endif
