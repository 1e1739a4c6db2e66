#if Postgres
import Foundation
import RecCore
import RecIndex
import RecMetadata
import RecPostgres
import RecTesting
import Testing

/// `rec-demo index` and `rec-demo follow` as processes of their own, which are killed.
@Suite struct `The commands for a table` {
    @Test func `index reads a query`() async throws {
        let shop = try await FollowedShop()
        try await shop.publish()
        let file = shop.folder.appending(path: "red.idx").path
        try await shop.run([
            "index", "--catalog", String(shop.address.prefix { $0 != "?" }), "--query",
            "select id, title, colour from \(shop.table) where colour = 'Red'", "--out", file, "--attributes", "colour",
        ])
        #expect(try Index.open(path: file).count == 20)
    }

    @Test func `follow makes an index as the table is, and keeps it so`() async throws {
        let shop = try await FollowedShop()
        try await shop.publish()
        _ = try await shop.pool.rows("update \(shop.table) set colour = 'Green' where id <= 10")
        _ = try await shop.pool.rows("delete from \(shop.table) where id between 20 and 25")
        try await shop.run(shop.follow("--once"))
        try await shop.compare()
        _ = try await shop.pool.rows("insert into \(shop.table) values (100, 'New \"one\" 😀', 'Red', null, 0)")
        _ = try await shop.pool.rows("delete from \(shop.table) where id = 30")
        try await shop.run(shop.follow("--once", "--forget"))
        try await shop.compare()
        #expect(try await shop.pool.rows("select count(*) from \(shop.table)_changes")[0].integer(0) == 0)
    }

    @Test func `publish ends what another run began, and nothing else reads it before`() async throws {
        let shop = try await FollowedShop()
        try await shop.publish()
        let source = try Index.open(path: shop.live)
        let (vectors, copy) = (shop.address + "_vectors", shop.folder.appending(path: "copy.live").path)
        _ = try await PostgresIndex.create(
            table: shop.table + "_vectors",
            space: source.space,
            in: shop.pool,
            publishing: true
        )
        try await LiveIndex(publishingTo: copy, space: source.space).close()
        for place in [vectors, copy] {
            for command in ["similar", "follow"] {
                let arguments =
                    command == "follow"
                    ? ["--catalog", shop.address, "--mark", shop.folder.appending(path: "m").path, "--once"]
                    : ["--id", "1"]
                let failure = await #expect(throws: FollowedShop.Failure.self) {
                    try await shop.run([command, "--index", place] + arguments)
                }
                #expect(failure?.description.contains("run it again") == true)
            }
            try await shop.run(["publish", "--index", shop.live, "--to", place])
            try await shop.run(["similar", "--index", place, "--id", "1"])
        }
        try await shop.compare(PostgresIndex.open(table: shop.table + "_vectors", in: shop.pool))
        try await shop.compare(Index.open(path: copy))
        // What is not finished can be replaced.
        try await LiveIndex(publishingTo: copy + "2", space: source.space).close()
        try await shop.run(["publish", "--index", shop.live, "--to", copy + "2", "--replace"])
        try await shop.compare(Index.open(path: copy + "2"))
    }

    @Test func `follow notices that an older index was published`() async throws {
        let shop = try await FollowedShop()
        try await shop.publish()
        _ = try await shop.pool.rows("update \(shop.table) set colour = 'Green' where id <= 10")
        try await shop.run(shop.follow("--once"))
        try await shop.compare()
        try await shop.run(["publish", "--index", shop.folder.appending(path: "shop.idx").path, "--to", shop.live])
        try await shop.run(shop.follow("--once"))
        try await shop.compare()
    }

    @Test(arguments: [
        [
            "alter table TABLE_feed rename to TABLE_old", "create table TABLE_feed (like TABLE_old including all)",
            "insert into TABLE_feed select * from TABLE_old",
        ],
        ["drop table TABLE_feed", "drop table TABLE_changes"],
    ])
    func `follow compares the whole table when the database was restored from a copy`(_ restoring: [String])
        async throws
    {
        let shop = try await FollowedShop()
        try await shop.publish()
        try await shop.run(shop.follow("--once"))
        for sql in restoring + ["alter table TABLE disable trigger all", "delete from TABLE where id < 10"] {
            _ = try await shop.pool.rows(sql.replacing("TABLE", with: shop.table))
        }
        try await shop.run(shop.follow("--once"))
        try await shop.compare()
        _ = try await shop.pool.rows("delete from \(shop.table) where id = 30")
        try await shop.run(shop.follow("--once"))
        try await shop.compare()
    }

    @Test func `follow keeps an index in a table, too`() async throws {
        let shop = try await FollowedShop()
        try await shop.publish()
        let (vectors, mark) = (shop.address + "_vectors", shop.folder.appending(path: "mark").path)
        try await shop.run(["publish", "--index", shop.live, "--to", vectors])
        for sql in ["delete from \(shop.table) where id < 5", "update \(shop.table) set colour = 'Red' where id = 9"] {
            _ = try await shop.pool.rows(sql)
            try await shop.run(["follow", "--catalog", shop.address, "--index", vectors, "--mark", mark, "--once"])
            try await shop.compare(PostgresIndex.open(table: shop.table + "_vectors", in: shop.pool))
        }
        let failure = await #expect(throws: FollowedShop.Failure.self) {
            try await shop.run(["follow", "--catalog", shop.address, "--index", vectors, "--once"])
        }
        #expect(failure?.description.contains("--mark FILE") == true)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `follow loses nothing when it is killed and its connections are cut`(_ seed: UInt64) async throws {
        let shop = try await FollowedShop()
        try await shop.publish()
        try await shop.run(shop.follow("--once"))
        var random = SeededGenerator(seed: seed)
        for round in 0..<6 {
            let (process, _) = shop.process(shop.follow())
            process.standardError = FileHandle.nullDevice
            try process.run()
            for _ in 0..<15 {
                let id = Int.random(in: 1...70, using: &random)
                let sql =
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: "delete from \(shop.table) where id = \(id)"
                    case 1:
                        "update \(shop.table) set id = id + 1000 where id = \(id) and not exists (select from \(shop.table) where id = \(id + 1000))"
                    default:
                        """
                        insert into \(shop.table) values (\(id), 'Product', 'Blue', array['M'], \(round)) on conflict (id)
                            do update set colour = excluded.colour, n = excluded.n
                        """
                    }
                _ = try await shop.pool.rows(sql)
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...12, using: &random)))
            }
            if round.isMultiple(of: 2) {
                _ = try await shop.pool.rows(
                    """
                    select pg_terminate_backend(pid) from pg_stat_activity
                        where pid <> pg_backend_pid() and query like '%\(shop.table)_changes%'
                    """
                )
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...40, using: &random)))
            }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try await shop.run(shop.follow("--once"))
        try await shop.compare()
    }

    @Test func `follow waits for a server that is killed, and loses nothing`() async throws {
        let server = try PostgresServer.start()
        let shop = try await FollowedShop(server.database())
        try await shop.publish()
        try await shop.run(shop.follow("--once"))
        let (process, _) = shop.process(shop.follow())
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        _ = try await shop.pool.rows("update \(shop.table) set n = 1 where id = 1")
        try await shop.waitForFollower()
        for (round, colour) in ["Red", "Green"].enumerated() {
            for id in 1...20 {
                _ = try await shop.pool.rows(
                    "update \(shop.table) set colour = '\(colour)', n = n + 1 where id = \(id)"
                )
            }
            _ = try await shop.pool.rows("delete from \(shop.table) where id = \(30 + round)")
            let backends = try await shop.pool.rows(
                "select pid::int8 from pg_stat_activity where backend_type = 'client backend'"
            )
            kill(try server.processID(), SIGKILL)
            for row in backends { kill(Int32(try row.integer(0) ?? 0), SIGKILL) }
            try await Task.sleep(for: .seconds(1))
            try server.restart()
            // The first call finds that its connection is broken.
            for _ in 0..<100 where (try? await shop.pool.rows("select 1")) == nil {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        try await shop.waitForFollower()
        #expect(process.isRunning)
    }

    @Test func `say what is missing`() async throws {
        let shop = try await FollowedShop()
        let address = String(shop.address.prefix { $0 != "?" })
        for (arguments, words) in [
            (["index", "--catalog", address, "--out", "x.idx"], "--query SQL"),
            (["index", "--catalog", address + "?tabel=x&table=y", "--out", "x.idx"], "\"tabel\""),
            (
                ["index", "--catalog", "postgresql://me:secret@127.0.0.1:1/d?table=x", "--out", "x.idx"],
                "postgresql://me@127.0.0.1:1/d"
            ),
            (["follow", "--catalog", "folder", "--index", "x.live"], "postgresql://"),
        ] {
            let failure = await #expect(throws: FollowedShop.Failure.self) { try await shop.run(arguments) }
            #expect(failure?.description.contains(words) == true)
            #expect(failure?.description.contains("secret") == false)
        }
    }
}
#endif
