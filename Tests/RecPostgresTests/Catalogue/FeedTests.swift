#if Postgres
import Foundation
import RecCore
import RecMetadata
import RecPostgres
import RecCompute
import Testing

@Suite struct `The feed of a table` {
    private static let database = PostgresDatabase()

    /// A table with a feed.
    private struct Shop {
        let pool: PostgresPool
        let table = "s" + String(UInt.random(in: 0 ... .max))
        let feed: PostgresFeed

        init(where condition: String = "true") async throws {
            pool = try await database.pool()
            let query = PostgresStatement("select id, n from \(table) where \(condition)")
            feed = PostgresFeed(PostgresCatalogue(pool, query: query), table: table)
            _ = try await pool.rows("create table \(table) (id text primary key, n int8)")
            try await feed.install()
        }

        func run(_ sql: String) async throws {
            _ = try await pool.rows(sql.replacingOccurrences(of: "TABLE", with: table))
        }

        /// The products of a query now.
        func products() async throws -> [ProductID: AttributeValues] {
            Dictionary(uniqueKeysWithValues: try await feed.catalogue.read().products.map { ($0.id, $0["n"]) })
        }
    }

    /// What an index would be after changes.
    private func apply(_ changes: PostgresFeed.Changes, to state: inout [ProductID: AttributeValues]) {
        for product in changes.products { state[product.id] = product["n"] }
        for id in changes.removed { state[id] = nil }
    }

    @Test func `has changed and removed products once each`() async throws {
        let shop = try await Shop()
        try await shop.run("insert into TABLE values ('old', 0)")
        let mark = try await shop.feed.mark()
        #expect(try await shop.feed.changes(since: mark).mark == mark)
        try await shop.run("insert into TABLE values ('a', 1), ('b', 1), ('c', 1)")
        try await shop.run("update TABLE set n = 2 where id = 'a'")
        try await shop.run("delete from TABLE where id = 'b'")
        try await shop.run("update TABLE set id = 'd' where id = 'c'")
        let changes = try await shop.feed.changes(since: mark)
        #expect(Dictionary(uniqueKeysWithValues: changes.products.map { ($0.id, $0["n"]) }) == ["a": "2", "d": "1"])
        #expect(changes.removed.sorted() == ["b", "c"])
        #expect(!changes.hasMore)
        #expect(try await shop.feed.changes(since: changes.mark).products.isEmpty)
    }

    @Test func `removes all products of a table that is truncated, and those that the query leaves out`() async throws {
        let shop = try await Shop(where: "n > 0")
        let mark = try await shop.feed.mark()
        try await shop.run("insert into TABLE values ('a', 1), ('b', 1)")
        let first = try await shop.feed.changes(since: mark)
        try await shop.run("update TABLE set n = 0 where id = 'a'")
        let second = try await shop.feed.changes(since: first.mark)
        #expect(second.removed == ["a"])
        try await shop.run("truncate TABLE")
        #expect(try await shop.feed.changes(since: second.mark).removed.sorted() == ["a", "b"])
    }

    @Test(arguments: [
        ("char(8)", "sku-1"), ("varchar(20)", " sku-1 "), ("numeric(10,2)", "15"), ("numeric(10,2)", "-2.50"),
        ("int8", "12"), ("uuid", "6f1c2f0e-6c1e-4a6e-9d0e-0a1b2c3d4e5f"), ("timestamptz", "2026-01-02 03:04:05+00"),
        ("float8", "1e20"), ("price_key", "15"),
    ])
    func `names products as the catalogue does, whatever the type of their identifiers`(
        _ type: String,
        _ id: String
    ) async throws {
        let pool = try await Self.database.pool()
        let table = "s" + String(UInt.random(in: 0 ... .max))
        if type == "price_key" { _ = try await pool.rows("create domain price_key as numeric(10,2)") }
        _ = try await pool.rows("create table \(table) (id \(type) primary key, n int8)")
        let feed = PostgresFeed(PostgresCatalogue(pool, table: table), table: table)
        try await feed.install()
        let mark = try await feed.mark()
        _ = try await pool.rows("insert into \(table) values ('\(id)', 1)")
        let name = try #require(try await feed.catalogue.read().products.first?.id)
        let added = try await feed.changes(since: mark)
        #expect(added.products.map(\.id) == [name] && added.removed.isEmpty)
        _ = try await pool.rows("update \(table) set n = 2")
        let changed = try await feed.changes(since: added.mark)
        #expect(changed.products.map { $0["n"] } == ["2"] && changed.removed.isEmpty)
        _ = try await pool.rows("delete from \(table)")
        let removed = try await feed.changes(since: changed.mark)
        #expect(removed.products.isEmpty && removed.removed == [name])
    }

    @Test func `of a table that is empty now removes all products, whatever their keys`() async throws {
        let pool = try await Self.database.pool()
        let table = "s" + String(UInt.random(in: 0 ... .max))
        _ = try await pool.rows("create table \(table) (id numeric(10,2) primary key, n int8)")
        let catalogue = PostgresCatalogue(pool, table: table)
        try await PostgresFeed(catalogue, table: table).install()
        let mark = try await PostgresFeed(catalogue, table: table).mark()
        _ = try await pool.rows("insert into \(table) values (15, 1), (16.5, 1)")
        let names = try await catalogue.read().products.map(\.id)
        _ = try await pool.rows("delete from \(table)")
        let other = PostgresFeed(PostgresCatalogue(pool, table: table), table: table)
        #expect(Set(names).isSubset(of: try await other.changes(since: mark).removed))
    }

    @Test func `keeps a product whose key differs from a removed one by blanks`() async throws {
        let shop = try await Shop()
        try await shop.run("insert into TABLE values (' a', 1)")
        let mark = try await shop.feed.mark()
        try await shop.run("insert into TABLE values ('a', 2)")
        let first = try await shop.feed.changes(since: mark)
        #expect(first.products.map { $0["n"] } == ["2"])
        try await shop.run("delete from TABLE where id = ' a'")
        let second = try await shop.feed.changes(since: first.mark)
        #expect(second.products.isEmpty && second.removed.isEmpty)
    }

    @Test func `holds nothing of a transaction that is rolled back`() async throws {
        let shop = try await Shop()
        let mark = try await shop.feed.mark()
        struct Refusal: Error {}
        try? await shop.pool.transaction { connection in
            _ = try await connection.rows("insert into \(shop.table) values ('a', 1)")
            throw Refusal()
        }
        #expect(try await shop.feed.changes(since: mark).products.isEmpty)
    }

    @Test func `waits for transactions that commit out of order`() async throws {
        let shop = try await Shop()
        let mark = try await shop.feed.mark()
        let middle = try await shop.pool.transaction { slow in
            _ = try await slow.rows("insert into \(shop.table) values ('slow', 1)")
            try await shop.run("insert into TABLE values ('fast', 1)")
            // The later transaction is committed, the earlier one is not.
            let changes = try await shop.feed.changes(since: mark)
            #expect(changes.products.isEmpty)
            return changes.mark
        }
        let changes = try await shop.feed.changes(since: middle)
        #expect(changes.products.map(\.id).sorted() == ["fast", "slow"])
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `loses and doubles nothing while many transactions change the table`(_ seed: UInt64) async throws {
        let shop = try await Shop()
        let mark = try await shop.feed.mark()
        let state = LockedValue<[ProductID: AttributeValues]>([:])
        let last = LockedValue(mark)
        let follower = Task {
            try await shop.feed.follow(from: mark, every: .milliseconds(5), count: 7) { changes in
                state.withLock { apply(changes, to: &$0) }
                last.withLock { $0 = changes.mark }
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<3 {
                group.addTask {
                    for number in 0..<30 {
                        let id = "p\((number * 7 + writer + Int(seed)) % 11)"
                        let sql =
                            number % 4 == 3
                            ? "delete from TABLE where id = '\(id)'"
                            : "insert into TABLE values ('\(id)', \(number)) on conflict (id) do update set n = excluded.n"
                        try await shop.pool.transaction { connection in
                            _ = try await connection.rows(sql.replacingOccurrences(of: "TABLE", with: shop.table))
                            try await Task.sleep(for: .milliseconds(number % 3))
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let expected = try await shop.products()
        for _ in 0..<400 where state.withLock({ $0 != expected }) { try await Task.sleep(for: .milliseconds(10)) }
        follower.cancel()
        await #expect(throws: CancellationError.self) { try await follower.value }
        #expect(state.withLock(\.self) == expected)
        #expect(try await shop.feed.changes(since: last.withLock(\.self)).products.isEmpty)
    }

    @Test func `forgets what all have read, and says so to those that have not`() async throws {
        let shop = try await Shop()
        let mark = try await shop.feed.mark()
        try await shop.run("insert into TABLE values ('a', 1)")
        let read = try await shop.feed.changes(since: mark)
        try await shop.feed.forget(through: read.mark)
        try await shop.run("insert into TABLE values ('b', 1)")
        #expect(try await shop.feed.changes(since: read.mark).products.map(\.id) == ["b"])
        let error = await #expect(throws: RecError.self) { try await shop.feed.changes(since: mark) }
        #expect(error?.code == .feedUnavailable)
    }

    @Test func `keeps the changes of the transaction that installs it again`() async throws {
        let shop = try await Shop()
        let mark = try await shop.feed.mark()
        let installation = shop.feed.installation
        try await shop.pool.transaction { connection in
            _ = try await connection.rows("insert into \(shop.table) values ('a', 1)")
            _ = try await connection.rows(installation)
        }
        #expect(try await shop.feed.changes(since: mark).products.map(\.id) == ["a"])
    }

    @Test func `is told from one that was installed anew`() async throws {
        let shop = try await Shop()
        let mark = try await shop.feed.mark()
        // A mark outlives the process.
        let stored = try JSONDecoder().decode(PostgresFeed.Mark.self, from: JSONEncoder().encode(mark))
        #expect(stored == mark)
        try await shop.feed.install()
        _ = try await shop.feed.changes(since: stored)
        try await shop.run("drop table TABLE_feed")
        let absence = await #expect(throws: RecError.self) { try await shop.feed.changes(since: stored) }
        #expect(absence?.code == .feedUnavailable)
        try await shop.feed.install()
        let error = await #expect(throws: RecError.self) { try await shop.feed.changes(since: stored) }
        #expect(error?.code == .feedUnavailable)
    }

    @Test func `is told from one that was restored from a copy, and reads on after another installation`() async throws
    {
        let shop = try await Shop()
        let mark = try await shop.feed.mark()
        // The same rows in a new table, as a dump makes it.
        try await shop.run("alter table TABLE_feed rename to TABLE_old")
        try await shop.run("create table TABLE_feed (like TABLE_old including all)")
        try await shop.run("insert into TABLE_feed select * from TABLE_old")
        try await shop.run("insert into TABLE values ('unread', 1)")
        for call in [{ _ = try await shop.feed.changes(since: mark) }, { try await shop.feed.forget(through: mark) }] {
            let error = await #expect(throws: RecError.self) { try await call() }
            #expect(error?.code == .feedUnavailable)
        }
        #expect(try await shop.pool.rows("delete from \(shop.table)_changes returning id").count == 1)
        // Marks of older versions have no origin.
        var members = try #require(JSONSerialization.jsonObject(with: JSONEncoder().encode(mark)) as? [String: Any])
        #expect(members.removeValue(forKey: "origin") != nil)
        let old = try JSONSerialization.data(withJSONObject: members)
        _ = try await shop.feed.changes(since: JSONDecoder().decode(PostgresFeed.Mark.self, from: old))
        // What another server had done and forgotten.
        try await shop.run("update TABLE_feed set forgotten_xid = '9000000000000'")
        try await shop.run("insert into TABLE_changes (xid, id) values ('9000000000001', 'a')")
        let stranger = try await shop.feed.mark()
        let error = await #expect(throws: RecError.self) { try await shop.feed.changes(since: stranger) }
        #expect(error?.code == .feedUnavailable)
        try await shop.feed.install()
        let fresh = try await shop.feed.mark()
        try await shop.run("insert into TABLE values ('b', 1)")
        #expect(try await shop.feed.changes(since: fresh).products.map(\.id) == ["b"])
        #expect(try await shop.pool.rows("select count(*) from \(shop.table)_changes")[0].integer(0) == 1)
        await #expect(throws: RecError.self) { try await shop.feed.changes(since: stranger) }
    }

    @Test(arguments: ["My \"shop\" %1$s'\\\\x", "x\"\u{301} %\u{301} '\u{301} \\\u{301} .\u{301} $body$"])
    func `works with names of any characters in another schema`(_ name: String) async throws {
        func quoted(_ name: String) -> String {
            "\"" + name.unicodeScalars.map { $0 == "\"" ? "\"\"" : "\($0)" }.joined() + "\""
        }
        let pool = try await Self.database.pool()
        let schema = "s'\u{301} \\ $body$ \"" + String(UInt.random(in: 0 ... .max))
        _ = try await pool.rows("create schema \(quoted(schema))")
        _ = try await pool.rows("create table \(quoted(schema)).\(quoted(name)) (\(quoted(name)) int8 primary key)")
        var format = JSONLinesFormat()
        format.idField = name
        let table = schema + "." + name
        let feed = PostgresFeed(PostgresCatalogue(pool, table: table, format: format), table: table)
        try await feed.install()
        let mark = try await feed.mark()
        _ = try await pool.rows("insert into \(quoted(schema)).\(quoted(name)) values (5)")
        #expect(try await feed.changes(since: mark).products.map(\.id) == ["5"])
    }

    @Test func `logs what users change who do not know the log`() async throws {
        let shop = try await Shop()
        let mark = try await shop.feed.mark()
        let role = "writer" + String(UInt32.random(in: 0 ... .max))
        for sql in ["create role \(role)", "grant insert on TABLE to \(role)"] { try await shop.run(sql) }
        _ = try await shop.pool.run([
            PostgresStatement("select set_config('role', '\(role)', true)"),
            PostgresStatement("insert into \(shop.table) values ('a', 1)"),
        ])
        #expect(try await shop.feed.changes(since: mark).products.map(\.id) == ["a"])
    }
}
#endif
