#if Postgres
import Foundation
import RecCore
import RecPostgres
import Testing

/// A server of its own, which the tests stop and kill; one after another.
@Suite(.serialized) struct `A server that stops, ends and comes back` {
    private static let server = Task.detached { try PostgresServer.start() }

    private func pool(deadline: Duration = .seconds(20)) async throws -> (PostgresServer, PostgresPool) {
        let server = try await Self.server.value
        var settings = PostgresPool.Settings()
        (settings.connections, settings.deadline, settings.connectDeadline) = (2, deadline, .milliseconds(500))
        let pool = try PostgresPool(server.address, settings: settings)
        // A server that has just started may take longer than that to make its first connection.
        try await untilServed(pool)
        return (server, pool)
    }

    /// The signal goes to the server and to all of its processes.
    private func signal(_ number: Int32, _ server: PostgresServer, _ pool: PostgresPool) async throws {
        let rows = try await pool.rows("select pid from pg_stat_activity")
        for process in try [server.processID()] + rows.compactMap({ try $0.integer(0).map(Int32.init) }) {
            kill(process, number)
        }
    }

    @Test func `ends calls at their deadline while it stands still, and serves again`() async throws {
        let (server, pool) = try await pool(deadline: .milliseconds(500))
        let backend = try await pool.rows("select pg_backend_pid()")[0].integer(0)
        let backendID = try #require(backend.map(Int32.init))
        let main = try server.processID()
        for process in [main, backendID] { kill(process, SIGSTOP) }
        // One on the connection that is open, and some that would connect.
        let codes = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    do {
                        _ = try await pool.rows("select 1")
                        return nil
                    } catch {
                        return (error as? RecError)?.code.name ?? "\(error)"
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for process in [main, backendID] { kill(process, SIGCONT) }
        #expect(codes == Array(repeating: "deadline-exceeded", count: 6))
        try await untilServed(pool)
        #expect(try await pool.rows("select 1").count == 1)
    }

    @Test func `cannot be reached by a call that would connect, and a picture waits for it`() async throws {
        let (server, pool) = try await pool()
        _ = try await pool.rows("create table if not exists pictured (id text primary key, picture bytea)")
        _ = try await pool.rows("insert into pictured values ('a', '\\x00ff') on conflict do nothing")
        var settings = PostgresPool.Settings()
        settings.connectDeadline = .milliseconds(500)
        let fresh = try PostgresPool(server.address, settings: settings)
        let main = try server.processID()
        kill(main, SIGSTOP)
        defer { kill(main, SIGCONT) }
        let error = await #expect(throws: RecError.self) { try await fresh.rows("select 1") }
        #expect(error?.code == .unreachable)
        let catalogue = PostgresCatalogue(fresh, table: "pictured")
        let (attempts, attempt) = AsyncStream<Void>.makeStream()
        let picture = Task {
            defer { attempt.finish() }
            return try await catalogue.picture(of: "a", waiting: .milliseconds(10)) { _ in attempt.yield() }
        }
        for await _ in attempts { break }
        kill(main, SIGCONT)
        #expect(try await picture.value == [0, 255])
    }

    @Test func `is found again after it was killed and started, also for statements that write`() async throws {
        let (server, pool) = try await pool()
        _ = try await pool.rows("create table if not exists kept (n int8)")
        try await signal(SIGKILL, server, pool)
        try await Task.sleep(for: .milliseconds(300))
        let error = await #expect(throws: RecError.self) { try await pool.rows("select 1") }
        #expect(error?.code == .unreachable)
        try server.restart()
        // The connections that are open in the pool are dead; the statement was never sent on them.
        _ = try await pool.rows("insert into kept values (1)")
        #expect(try await pool.rows("select count(*) from kept")[0].integer(0) == 1)
    }

    @Test func `runs reading statements again on a fresh connection, and no others`() async throws {
        let (_, pool) = try await pool()
        let (_, other) = try await self.pool()
        _ = try await pool.rows("create table if not exists runs (n int8)")
        for (sql, readsOnly) in [("select pg_sleep(2)", true), ("insert into runs select 1 from pg_sleep(2)", false)] {
            let task = Task { try await pool.rows(sql, readsOnly: readsOnly) }
            var ended = false
            while !ended {
                try await Task.sleep(for: .milliseconds(20))
                ended =
                    try await other.rows(
                        "select pg_terminate_backend(pid) from pg_stat_activity where query = $1 and state = 'active'",
                        try .text(sql)
                    ).count > 0
            }
            if readsOnly {
                #expect(try await task.value.count == 1)
            } else {
                let error = await #expect(throws: RecError.self) { try await task.value }
                #expect(error?.code == .unreachable)
                #expect(error?.message.contains("whether the statements took effect is not known") == true)
            }
        }
        #expect(try await other.rows("select count(*) from runs")[0].integer(0) == 0)
    }

    @Test func `says that a transaction's connection broke, and rolls it back`() async throws {
        let (_, pool) = try await pool()
        let (_, other) = try await self.pool()
        _ = try await pool.rows("create table if not exists halves (n int8)")
        let error = await #expect(throws: RecError.self) {
            try await pool.transaction { connection in
                _ = try await connection.rows("insert into halves values (1)")
                let backend = try await connection.rows("select pg_backend_pid()::int8")[0].integer(0)
                _ = try await other.rows("select pg_terminate_backend($1::int4)", .integer(backend))
                try await Task.sleep(for: .milliseconds(100))
                _ = try await connection.rows("insert into halves values (2)")
            }
        }
        #expect(error?.code == .unreachable)
        #expect(try await pool.rows("select count(*) from halves")[0].integer(0) == 0)
    }

    /// A server that was stopped works off what it was asked before.
    private func untilServed(_ pool: PostgresPool) async throws {
        for _ in 0..<100 where (try? await pool.rows("select 1")) == nil {
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

@Suite struct `A server that refuses` {
    @Test func `a password is not in what is said of it`() async throws {
        let server = try await PostgresServer.shared()
        let admin = try PostgresPool(server.address)
        let role = "locked" + String(UInt32.random(in: 0 ... .max))
        _ = try await admin.rows("create role \(role) login password 'open sesame'")
        // The server of the tests asks nobody for a password, so its rules are changed for this user.
        let file = "\(server.folder)/data/pg_hba.conf"
        let rules = try String(contentsOfFile: file, encoding: .utf8)
        try Data("host all \(role) 127.0.0.1/32 scram-sha-256\n\(rules)".utf8).write(to: URL(filePath: file))
        _ = try await admin.rows("select pg_reload_conf()")
        try await Task.sleep(for: .milliseconds(300))
        let place = String(server.address.description.drop { $0 != "@" })
        func error(_ password: String) async -> RecError? {
            await #expect(throws: RecError.self) {
                let pool = try PostgresPool(PostgresAddress("postgresql://\(role):\(password)\(place)"))
                _ = try await pool.rows("select 1")
            }
        }
        let wrong = await error("s3cret%20word")
        #expect(wrong?.code == .unreachable)
        #expect(wrong?.message.contains("password authentication failed") == true)
        #expect(wrong?.message.contains("s3cret") == false)
        let right = try PostgresPool(PostgresAddress("postgresql://\(role):open%20sesame\(place)"))
        #expect(try await right.rows("select 1").count == 1)
    }

    @Test func `nobody listening is an error that names the server`() async throws {
        let pool = try PostgresPool(PostgresAddress("postgresql://me:hidden@127.0.0.1:1/shop"))
        let error = await #expect(throws: RecError.self) { try await pool.rows("select 1") }
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains("postgresql://me@127.0.0.1:1/shop") == true)
        #expect(error?.message.contains("hidden") == false)
    }

    @Test func `a database that is not there is an error that names it`() async throws {
        let address = try await PostgresServer.shared().address.database("nowhere")
        let error = await #expect(throws: RecError.self) { try await PostgresPool(address).rows("select 1") }
        #expect(error?.message.contains("nowhere") == true)
    }
}
#endif
