#if Postgres
import RecCore
import RecPostgres
import Testing

@Suite struct `A transaction of a pool` {
    private static let database = PostgresDatabase()

    struct Refusal: Error {}

    /// A pool, and an empty table of numbers.
    private func numbers(_ name: String = #function) async throws -> (PostgresPool, String) {
        let pool = try await Self.database.pool { $0.connections = 2 }
        let table = "n" + String(UInt.random(in: 0 ... .max))
        _ = try await pool.rows("create table \(table) (n int8 primary key)")
        return (pool, table)
    }

    private func count(_ pool: PostgresPool, _ table: String) async throws -> Int64? {
        try await pool.rows("select count(*) from \(table)")[0].integer(0)
    }

    @Test func `commits when its body returns`() async throws {
        let (pool, table) = try await numbers()
        let before = pool.roundTrips
        let value = try await pool.transaction { connection in
            _ = try await connection.rows("insert into \(table) values (1)")
            let rows = try await connection.rows("select n from \(table)")
            return try rows[0].integer(0)
        }
        #expect(value == 1)
        // `begin` goes with the first statements.
        #expect(pool.roundTrips - before == 3)
        #expect(try await count(pool, table) == 1)
    }

    @Test func `rolls back when its body throws`() async throws {
        let (pool, table) = try await numbers()
        await #expect(throws: Refusal.self) {
            try await pool.transaction { connection in
                _ = try await connection.rows("insert into \(table) values (1)")
                throw Refusal()
            }
        }
        #expect(try await count(pool, table) == 0)
    }

    @Test func `sends nothing when its body does nothing`() async throws {
        let (pool, _) = try await numbers()
        let before = pool.roundTrips
        try await pool.transaction { _ in }
        #expect(pool.roundTrips == before)
    }

    @Test func `is not committed after a statement failed, though the body goes on`() async throws {
        let (pool, table) = try await numbers()
        let failure = await #expect(throws: PostgresFailure.self) {
            try await pool.transaction { connection in
                _ = try await connection.rows("insert into \(table) values (1)")
                _ = try? await connection.rows("insert into \(table) values (1)")
                _ = try? await connection.rows("insert into \(table) values (2)")
            }
        }
        #expect(failure?.state == "23505")
        #expect(try await count(pool, table) == 0)
    }

    @Test func `rolls back when its task is cancelled`() async throws {
        let (pool, table) = try await numbers()
        let task = Task {
            try await pool.transaction { connection in
                _ = try await connection.rows("insert into \(table) values (1)")
                _ = try await connection.rows("select pg_sleep(60)")
            }
        }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await count(pool, table) == 0)
    }

    @Test func `is not committed when its task is cancelled between statements`() async throws {
        let (pool, table) = try await numbers()
        let task = Task {
            try await pool.transaction { connection in
                _ = try await connection.rows("insert into \(table) values (1)")
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await count(pool, table) == 0)
    }

    @Test(arguments: ["begin", " COMMIT", "rollback", "start transaction", "end"])
    func `is begun and ended by the client alone`(_ sql: String) async throws {
        let (pool, table) = try await numbers()
        await #expect(throws: RecError.self) { try await pool.rows(sql) }
        await #expect(throws: RecError.self) {
            try await pool.transaction { connection in
                _ = try await connection.rows("insert into \(table) values (1)")
                _ = try await connection.rows(sql)
            }
        }
        #expect(try await count(pool, table) == 0)
    }

    @Test func `is not left open by a statement that hides its beginning`() async throws {
        let (pool, _) = try await numbers()
        await #expect(throws: RecError.self) { try await pool.rows("/* */ begin") }
        let first = try await pool.rows("select pg_current_xact_id()::text")
        #expect(try await pool.rows("select pg_current_xact_id()::text") != first)
    }

    @Test func `gives its connection to nobody after its end`() async throws {
        let (pool, _) = try await numbers()
        let escaped = try await pool.transaction { connection in
            _ = try await connection.rows("select 1")
            return connection
        }
        await #expect(throws: RecError.self) { try await escaped.rows("select 1") }
    }

    @Test func `runs the statements of several tasks one after another`() async throws {
        let (pool, table) = try await numbers()
        try await pool.transaction { connection in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 as Range<Int64> {
                    group.addTask {
                        _ = try await connection.rows("insert into \(table) values ($1)", .integer(number))
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(try await count(pool, table) == 20)
    }
}
#endif
