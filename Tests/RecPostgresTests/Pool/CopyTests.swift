#if Postgres
import RecCore
import RecPostgres
import RecTesting
import Testing

@Suite struct `A copy of rows` {
    private static let database = PostgresDatabase()

    private func rows(_ range: Range<Int64>) -> [UInt8] {
        var rows = CopyRows()
        for number in range { rows.append([PostgresValue.integer(number).bytes, nil]) }
        return rows.end()
    }

    private func table(_ name: String, _ pool: PostgresPool) async throws {
        _ = try await pool.rows("create table \(name) (n int8 primary key, note text)")
    }

    @Test func `moves many rows in one round trip, and others follow on its connection`() async throws {
        let pool = try await Self.database.pool { $0.connections = 1 }
        try await table("many", pool)
        let before = pool.roundTrips
        try await pool.copy("select 1; copy many from stdin (format binary)", rows(0..<100_000))
        #expect(pool.roundTrips == before + 1)
        try await pool.copy("copy many from stdin (format binary)", rows(100_000..<100_001))
        let found = try await pool.rows("select count(*), sum(n)::int8, count(note) from many")[0]
        #expect(try (0..<3).map { try found.integer($0) } == [100_001, 5_000_050_000, 0])
    }

    @Test func `has no effect when a statement or a row fails, and the connection lives on`() async throws {
        let pool = try await Self.database.pool { $0.connections = 1 }
        try await table("none", pool)
        let copy = "copy none from stdin (format binary)"
        for (sql, rows, state) in [
            ("select 1 / 0; \(copy)", rows(0..<10), "22012"), (copy, rows(0..<10) + [1], "22P04"),
            ("insert into none values (7); \(copy)", rows(0..<50_000), "23505"), ("select none", [], "42703"),
        ] {
            let failure = await #expect(throws: PostgresFailure.self) { try await pool.copy(sql, rows) }
            #expect(failure?.state == state)
        }
        #expect(try await pool.rows("select count(*) from none")[0].integer(0) == 0)
    }

    @Test func `ends at its deadline and when its task is cancelled, without an effect`() async throws {
        let pool = try await Self.database.pool { $0.deadline = .milliseconds(300) }
        let patient = try await Self.database.pool()
        try await table("locked", pool)
        let (copy, rows) = ("copy locked from stdin (format binary)", rows(0..<10))
        try await patient.transaction { connection in
            _ = try await connection.rows("lock table locked")
            let error = await #expect(throws: RecError.self) { try await pool.copy(copy, rows) }
            #expect(error?.code == .deadlineExceeded)
            let task = Task { try await patient.copy(copy, rows) }
            try await Task.sleep(for: .milliseconds(50))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        // The requests to stop come before the lock ends, or the rows do.
        try await Task.sleep(for: .milliseconds(100))
        #expect(try await patient.rows("select count(*) from locked")[0].integer(0) == 0)
    }

    @Test func `leaves its caller's actor free`() async throws {
        let pool = try await Self.database.pool()
        try await table("free", pool)
        let rows = rows(0..<10)
        let call = try await CallingActor().call { _ in
            try await pool.copy("copy free from stdin (format binary)", rows)
        }
        #expect(call.leftActorFree)
    }
}
#endif
