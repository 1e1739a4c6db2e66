#if Postgres
import RecCore
import RecPostgres
import RecTesting
import Testing

@Suite struct `A pool of connections` {
    private static let database = PostgresDatabase()

    @Test func `answers each statement of a run in order, in one round trip`() async throws {
        let pool = try await Self.database.pool()
        let statements = try ["one", "two"].map { PostgresStatement("select $1", [try .text($0)]) }
        let answers = try await pool.run(statements + [PostgresStatement("select 1 where false")])
        #expect(try answers.map { try $0.first?.text(0) } == ["one", "two", nil])
        #expect(pool.roundTrips == 1)
    }

    @Test func `does nothing for no statements`() async throws {
        let pool = try await Self.database.pool()
        #expect(try await pool.run([]) == [])
        #expect(pool.roundTrips == 0)
    }

    @Test func `makes one transaction of a run, with settings for it alone`() async throws {
        let pool = try await Self.database.pool { $0.connections = 1 }
        let set = PostgresStatement("select set_config('rec.test', 'here', true)")
        let show = PostgresStatement("select current_setting('rec.test', true)")
        #expect(try await pool.run([set, show])[1][0].text(0) == "here")
        #expect(try await pool.run([show])[0][0].text(0) != "here")
    }

    @Test func `undoes the whole run when a statement fails, and goes on`() async throws {
        let pool = try await Self.database.pool { $0.connections = 1 }
        _ = try await pool.rows("create table numbers (n int8)")
        let insert = PostgresStatement("insert into numbers values ($1)", [.integer(1)])
        let failure = await #expect(throws: PostgresFailure.self) {
            try await pool.run([insert, PostgresStatement("select 1 / 0"), insert])
        }
        #expect(failure?.state == "22012")
        #expect(try await pool.rows("select count(*) from numbers")[0].integer(0) == 0)
    }

    @Test func `runs batches together on connections of their own, counted as one round trip`() async throws {
        let pool = try await Self.database.pool()
        let process = PostgresStatement("select pg_backend_pid()::text from pg_sleep(0.2)")
        let answers = try await pool.run(together: (0..<pool.width).map { _ in [process, process] })
        let processes = try answers.map { batch in try batch.map { try $0[0].text(0) } }
        #expect(pool.width == 4)
        #expect(pool.roundTrips == 1)
        #expect(processes.allSatisfy { $0.count == 2 && $0[0] == $0[1] })
        #expect(Set(processes.map(\.[0])).count == 4)
        let failure = await #expect(throws: PostgresFailure.self) {
            try await pool.run(together: [[process], [PostgresStatement("select 1 / 0")]])
        }
        #expect(failure?.state == "22012")
    }

    @Test func `serves two hundred tasks at once`() async throws {
        let pool = try await Self.database.pool()
        let answers = try await withThrowingTaskGroup(of: (Int64, Int64?).self) { group in
            for number in 0..<200 as Range<Int64> {
                group.addTask {
                    let rows = try await pool.rows("select $1 + 0 * length(pg_sleep(0.001)::text)", .integer(number))
                    return (number, try rows[0].integer(0))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 200)
        #expect(answers.allSatisfy { $0.0 == $0.1 })
        #expect(
            try await pool.rows(
                "select count(*) from pg_stat_activity where datname = current_database() and state = 'idle'"
            )[0].integer(0) ?? 9 <= 8
        )
    }

    @Test func `refuses callers beyond its queue`() async throws {
        let pool = try await Self.database.pool { ($0.connections, $0.waiting) = (1, 1) }
        let codes = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    do {
                        _ = try await pool.rows("select pg_sleep(0.3)")
                        return nil
                    } catch {
                        return (error as? RecError)?.code.name ?? "\(error)"
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.compactMap(\.self) == ["connections-busy", "connections-busy"])
    }

    @Test(arguments: [
        "it's \"quoted\"; drop table x; -- $1", "e\u{301} 😀 \u{1F468}\u{200D}\u{1F469}",
        String(repeating: "ab'", count: 10_000), "", "\\x00\\",
    ])
    func `carries any text`(_ text: String) async throws {
        let pool = try await Self.database.pool()
        let rows = try await pool.rows("select $1, $1 || ''", try .text(text))
        #expect(try rows[0].text(0) == text)
        #expect(try rows[0].text(1) == text)
    }

    @Test func `refuses NUL in a statement`() async throws {
        let pool = try await Self.database.pool()
        let error = await #expect(throws: RecError.self) { try await pool.rows("select 1\0; drop") }
        #expect(error?.code.name == "invalid-text")
    }

    @Test func `moves large answers and parameters`() async throws {
        let pool = try await Self.database.pool { $0.connections = 1 }
        let bytes = [UInt8](repeating: 7, count: 8_000_000)
        let answers = try await pool.run((0..<4).map { _ in PostgresStatement("select $1", [.bytes(bytes)]) })
        #expect(try answers.allSatisfy { try $0[0].bytes(0) == bytes })
    }

    @Test func `ends a statement at its deadline, and the connection lives on`() async throws {
        let pool = try await Self.database.pool { ($0.connections, $0.deadline) = (1, .milliseconds(200)) }
        let before = try await pool.rows("select pg_backend_pid()")[0].integer(0)
        let error = await #expect(throws: RecError.self) { try await pool.rows("select pg_sleep(60)") }
        #expect(error?.code == .deadlineExceeded)
        #expect(try await pool.rows("select pg_backend_pid()")[0].integer(0) == before)
    }

    @Test func `waits for a connection no longer than the deadline`() async throws {
        let pool = try await Self.database.pool { ($0.connections, $0.deadline) = (1, .milliseconds(200)) }
        try await pool.transaction { connection in
            _ = try await connection.rows("select 1")
            let error = await #expect(throws: RecError.self) { try await pool.rows("select 1") }
            #expect(error?.code == .deadlineExceeded)
        }
    }

    @Test func `gives a statement of its own deadline the time for it`() async throws {
        let pool = try await Self.database.pool { ($0.connections, $0.deadline) = (1, .milliseconds(100)) }
        var statement = PostgresStatement("select pg_sleep(0.5)")
        statement.deadline = .seconds(20)
        #expect(try await pool.run([statement])[0].count == 1)
    }

    @Test func `stops a statement whose task is cancelled, and the connection lives on`() async throws {
        let pool = try await Self.database.pool { $0.connections = 1 }
        let before = try await pool.rows("select pg_backend_pid()")[0].integer(0)
        let task = Task { try await pool.rows("select pg_sleep(60)") }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await pool.rows("select pg_backend_pid()")[0].integer(0) == before)
    }

    @Test func `lets a cancelled task leave the queue`() async throws {
        let pool = try await Self.database.pool { $0.connections = 1 }
        try await pool.transaction { connection in
            _ = try await connection.rows("select 1")
            let task = Task { try await pool.rows("select 1") }
            try await Task.sleep(for: .milliseconds(50))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(try await pool.rows("select 1").count == 1)
    }

    @Test func `leaves its caller's actor free`() async throws {
        let pool = try await Self.database.pool()
        let call = try await CallingActor().call { _ in try await pool.rows("select pg_sleep(0.1)") }
        #expect(call.leftActorFree)
    }

    @Test func `throws after it is closed`() async throws {
        let pool = try await Self.database.pool()
        _ = try await pool.rows("select 1")
        pool.close()
        let error = await #expect(throws: RecError.self) { try await pool.rows("select 1") }
        #expect(error?.code == .unreachable)
    }

    @Test(arguments: [0, 1_001, -1]) func `checks its settings`(_ connections: Int) throws {
        var settings = PostgresPool.Settings()
        settings.connections = connections
        #expect(throws: RecError.self) { try PostgresPool(PostgresAddress("postgresql:///"), settings: settings) }
    }
}
#endif
