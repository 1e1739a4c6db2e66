#if Postgres
import RecCore
import RecFiles
import RecMetadata
import RecPostgres
import RecCompute
import Testing

@Suite struct `A catalogue in a database` {
    private static let database = PostgresDatabase()

    /// The products of some rows in a table of their own.
    private func catalogue(
        _ columns: String,
        rows: String,
        format: JSONLinesFormat = JSONLinesFormat()
    ) async throws -> (PostgresCatalogue, PostgresPool, String) {
        let pool = try await Self.database.pool()
        let table = "c" + String(UInt.random(in: 0 ... .max))
        _ = try await pool.rows("create table \(table) (\(columns))")
        if !rows.isEmpty { _ = try await pool.rows("insert into \(table) values \(rows)") }
        return (PostgresCatalogue(pool, table: table, format: format), pool, table)
    }

    @Test func `has attributes of all kinds of columns`() async throws {
        let (catalogue, _, _) = try await catalogue(
            """
            id int8, title text, colour text, price numeric, weight float8, sizes text[], tags jsonb, counts int4[],
            is_new bool, added date, spec json, picture text
            """,
            rows: """
                (7, 'It''s "new" 😀', ' Blue ', 19.90, 0.25, '{S,M,null}', '["a", 2]', '{1,2}', true, '2026-02-03',
                 '{"a":
                   1}', 'images/7.jpg'),
                (8, null, null, null, 'NaN', '{}', null, null, null, null, null, null)
                """
        )
        let read = try await catalogue.read()
        let products = read.products.sorted { $0.id < $1.id }
        #expect(products.map(\.id) == ["7", "8"])
        #expect(products[0].title == "It's \"new\" 😀")
        #expect(products[0].picture == "images/7.jpg")
        #expect(
            products[0].attributes == [
                "colour": "Blue", "price": "19.90", "weight": "0.25", "sizes": ["S", "M"], "tags": ["a", "2"],
                "counts": ["1", "2"], "is_new": "true", "added": "2026-02-03",
            ]
        )
        #expect(products[1].attributes == ["weight": "NaN"])
        #expect(read.report.repaired.listed.map(\.kind.rawValue) == ["nested-value"])
        #expect(read.report.rowCount == 2 && read.report.productCount == 2)
    }

    @Test(arguments: ["", " ;\n", " -- all"]) func `is what a query with parameters finds, whatever ends it`(
        _ end: String
    ) async throws {
        let (_, pool, table) = try await catalogue(
            "id text, hue text",
            rows: "('a', 'Red'), ('b', 'Blue'), ('c', 'Blue')"
        )
        let query = PostgresStatement(
            "select id, hue from \(table) where hue = $1 order by id\(end)",
            [try .text("Blue")]
        )
        #expect(try await PostgresCatalogue(pool, query: query).read().products.map(\.id) == ["b", "c"])
    }

    @Test func `has columns of the roles that the format names`() async throws {
        var format = JSONLinesFormat()
        (format.idField, format.titleFields, format.pictureField) = ("Sku \"x\"", ["name"], "photos")
        (format.pictureFolder, format.allowsPicturesAnywhere) = ("/data", true)
        let (catalogue, _, _) = try await catalogue(
            "\"Sku \"\"x\"\"\" uuid, name text, photos text[]",
            rows: "('00000000-0000-0000-0000-00000000000a', 'Shirt', '{a.jpg,https://h/b.jpg}')",
            format: format
        )
        let product = try #require(try await catalogue.read().products.first)
        #expect(product.id == "00000000-0000-0000-0000-00000000000a")
        #expect(product.title == "Shirt")
        #expect(product.pictures == ["/data/a.jpg", "https://h/b.jpg"])
    }

    @Test func `fetches bytes of pictures when they are needed`() async throws {
        let (catalogue, pool, _) = try await catalogue(
            "id int4 primary key, picture bytea",
            rows: "(1, '\\x00ff'), (2, null)"
        )
        let products = try await catalogue.read().products
        var hash = SHA256()
        hash.update([0, 255])
        let digest = hash.digest.map { String(256 + Int($0), radix: 16).dropFirst() }.joined()
        #expect(products.map(\.pictures) == [[digest], []])
        #expect(try await catalogue.picture(of: "1") == [0, 255])
        let before = pool.roundTrips
        for id in ["2", "3"] as [ProductID] {
            let error = await #expect(throws: RecError.self) { try await catalogue.picture(of: id) }
            #expect(error?.code == .unknownProduct)
        }
        #expect(pool.roundTrips - before == 2)
    }

    @Test func `fetches bytes of pictures of products whose identifiers have outer blanks`() async throws {
        let (catalogue, _, _) = try await catalogue(
            "id text primary key, picture bytea",
            rows: "(' 1', '\\x00'), ('12', '\\x01'), (E'\\ta b \\n', '\\x02'), ('2', '\\x03')"
        )
        let ids = try await catalogue.read().products.map(\.id)
        #expect(ids == ["1", "12", "a b", "2"])
        var pictures: [[UInt8]] = []
        for id in ids { pictures.append(try await catalogue.picture(of: id)) }
        #expect(pictures == [[0], [1], [2], [3]])
        let error = await #expect(throws: RecError.self) { try await catalogue.picture(of: "b") }
        #expect(error?.code == .unknownProduct)
    }

    @Test func `fetches a picture when the database is back`() async throws {
        let (_, pool, table) = try await catalogue("id char(4) primary key, picture bytea", rows: "('a', '\\x00ff')")
        let client = AbsentClient(
            pool,
            failures: [
                RecError(.unreachable, "away"), PostgresFailure(state: "57P01", message: "it stops"),
            ]
        )
        let catalogue = PostgresCatalogue(client, table: table)
        let errors = LockedValue(0)
        let bytes = try await catalogue.picture(of: "a", waiting: .milliseconds(1)) { _ in errors.withLock { $0 += 1 } }
        #expect(bytes == [0, 255] && errors.withLock(\.self) == 2)
        let error = await #expect(throws: RecError.self) {
            try await catalogue.picture(of: "b", waiting: .milliseconds(1)) { _ in }
        }
        #expect(error?.code == .unknownProduct)
    }

    @Test func `waits for a picture while nothing is answered in time, and not for one that alone takes too long`()
        async throws
    {
        let (_, pool, table) = try await catalogue("id text primary key, picture bytea", rows: "('a', '\\x00ff')")
        let late = RecError(.deadlineExceeded, "late")
        // A picture and a question whether the database answers, five times.
        let silent = AbsentClient(pool, failures: Array(repeating: late, count: 10))
        let catalogue = PostgresCatalogue(silent, table: table)
        #expect(try await catalogue.picture(of: "a", waiting: .milliseconds(1)) { _ in } == [0, 255])
        #expect(silent.left == 0)
        let slow = AbsentClient(pool, failures: Array(repeating: late, count: 10)) { $0 != "select 1" }
        let error = await #expect(throws: RecError.self) {
            try await PostgresCatalogue(slow, table: table).picture(of: "a", waiting: .milliseconds(1)) { _ in }
        }
        #expect(error?.code == .deadlineExceeded && slow.left == 7)
    }

    /// A database that answers some calls with errors first.
    private final class AbsentClient: PostgresClient {
        let pool: PostgresPool
        private let failures: LockedValue<[any Error]>
        private let concerns: @Sendable (_ sql: String) -> Bool

        /// The errors that are left.
        var left: Int { failures.withLock { $0.count } }

        /// - Parameters:
        ///   - pool: Answers the other calls.
        ///   - failures: The errors.
        ///   - concerns: Which statements they are for.
        init(
            _ pool: PostgresPool,
            failures: [any Error],
            concerns: @escaping @Sendable (_ sql: String) -> Bool = { _ in true }
        ) {
            self.pool = pool
            self.failures = LockedValue(failures)
            self.concerns = concerns
        }

        func run(_ statements: [PostgresStatement]) async throws -> [[PostgresRow]] {
            if statements.contains(where: { concerns($0.sql) }),
                let error = failures.withLock({ $0.isEmpty ? nil : $0.removeFirst() })
            {
                throw error
            }
            return try await pool.run(statements)
        }

        func transaction<Value: Sendable>(
            _ body: @Sendable @concurrent (any PostgresConnection) async throws -> Value
        ) async throws -> Value {
            try await pool.transaction(body)
        }
    }

    @Test(arguments: [1, 7, 1_000]) func `comes batch by batch in the order of the query`(_ batch: Int) async throws {
        let pool = try await Self.database.pool()
        let query = PostgresStatement("select n as id, n % 3 as kind from generate_series(1, 50) n order by n")
        let batches = LockedValue<[[Product]]>([])
        let report = try await PostgresCatalogue(pool, query: query).read(batch: batch) { part in
            batches.withLock { $0.append(part) }
        }
        let all = batches.withLock(\.self)
        #expect(all.allSatisfy { $0.count <= batch })
        #expect(all.joined().map(\.id) == (1...50).map { ProductID("\($0)") })
        #expect(report.productCount == 50)
    }

    @Test func `reports rows that have no identifier or that of another row`() async throws {
        let (catalogue, _, _) = try await catalogue(
            "id text, n int4",
            rows: "('a', 1), ('', 2), (null, 3), ('a', 4), ('b', 5)"
        )
        let parts = LockedValue<[Product]>([])
        let report = try await catalogue.read(batch: 2) { part in parts.withLock { $0 += part } }
        #expect(parts.withLock { $0.map(\.id) } == ["a", "b"])
        #expect(report.skipped.listed.map(\.kind.rawValue) == ["missing-id", "missing-id", "duplicate-id"])
        #expect(report.skipped.listed.map(\.line) == [2, 3, nil])
        #expect(report.rowCount == 5)
    }

    @Test(arguments: [("bytea", "'\\xff'", true), ("text", "'a.jpg'", false)])
    func `knows whether pictures are bytes as soon as a product was read`(
        type: String,
        value: String,
        isBytes: Bool
    ) async throws {
        let (catalogue, pool, table) = try await catalogue("id text, picture \(type)", rows: "")
        #expect(try await catalogue.read().products.isEmpty)
        _ = try await pool.rows("insert into \(table) values ('a', \(value))")
        #expect(try await catalogue.read().products.count == 1)
        #expect(catalogue.hasPictureBytes == isBytes)
    }

    @Test func `of an empty table is empty`() async throws {
        let (catalogue, _, _) = try await catalogue("id text", rows: "")
        #expect(try await catalogue.read().products.isEmpty)
    }

    @Test func `without a column of identifiers is an error that names the columns`() async throws {
        let (catalogue, _, _) = try await catalogue("sku text, name text", rows: "('a', 'b')")
        let error = await #expect(throws: RecError.self) { try await catalogue.read() }
        #expect(error?.code.name == "missing-column")
        #expect(error?.message.contains("\"name\", \"sku\"") == true)
    }

    @Test func `whose table is not there is what the server says`() async throws {
        let pool = try await Self.database.pool()
        let failure = await #expect(throws: PostgresFailure.self) {
            try await PostgresCatalogue(pool, table: "no\"where; drop table x").read()
        }
        #expect(failure?.state == "42P01")
    }
}
#endif
