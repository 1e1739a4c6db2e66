// Prints how long searches, recommendations and loading take on a table, and which part of it is ours.
//
//     Scripts/servers/postgres.sh start DIR PORT
//     swift run -c release --traits Postgres postgres-times postgresql://postgres@127.0.0.1:PORT/postgres \
//         [products] [--loading | --publishing | --approximate]
//
// With --loading it stops before the searches. With --publishing it does so, too, and copies an index as `rec-demo
// publish` does instead. psql must be there, and a user who may read what the server writes. With --approximate, it
// opens the table that a whole run left behind, and searches by its graph only.
#if Postgres
import BenchmarkSupport
import Foundation
import RecCore
import RecEngines
import RecIndex
import RecPostgres
import RecTesting
import RecCompute

/// Adds up the time that a client takes, so that the rest is ours.
final class MeasuredClient: ParallelClient, CopyingClient {
    let pool: PostgresPool
    private let total = LockedValue(Duration.zero)

    init(_ pool: PostgresPool) { self.pool = pool }

    func take() -> Duration {
        total.withLock { total in
            defer { total = .zero }
            return total
        }
    }

    func run(_ statements: [PostgresStatement]) async throws -> [[PostgresRow]] {
        let start = ContinuousClock.now
        defer { total.withLock { $0 += ContinuousClock.now - start } }
        return try await pool.run(statements)
    }

    var width: Int { pool.width }

    func run(together batches: [[PostgresStatement]]) async throws -> [[[PostgresRow]]] {
        let start = ContinuousClock.now
        defer { total.withLock { $0 += ContinuousClock.now - start } }
        return try await pool.run(together: batches)
    }

    func copy(_ sql: String, _ rows: [UInt8]) async throws {
        let start = ContinuousClock.now
        defer { total.withLock { $0 += ContinuousClock.now - start } }
        try await pool.copy(sql, rows)
    }

    func transaction<Value: Sendable>(
        _ body: @Sendable @concurrent (any PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await pool.transaction(body)
    }
}

let arguments = CommandLine.arguments
guard arguments.count > 1 else {
    print("usage: postgres-times ADDRESS [products] [--loading | --publishing | --approximate]")
    exit(64)
}
let count = arguments.count > 2 ? Int(arguments[2]) ?? 44_441 : 44_441
var settings = PostgresPool.Settings()
settings.deadline = .seconds(600)
let pool = try PostgresPool(PostgresAddress(arguments[1]), settings: settings)
let client = MeasuredClient(pool)
let (space, products) = try makeProducts(count)
print("\(count) products, 1,280 + 155 dimensions")

/// Copies finished rows as a client does: psql reads them from a file and sends them.
func copyByClient(_ file: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["psql", "-X", "-q", arguments[1], "-c", "\\copy copied from '\(file)' (format binary)"]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileReadUnknown) }
}

/// Writes what earlier rounds have left in memory, so that no round pays for another one.
func settle() async throws {
    _ = try await pool.run([PostgresStatement("checkpoint")])
}

func emptyCopy() async throws {
    _ = try await pool.run([
        PostgresStatement("drop table if exists copied"),
        PostgresStatement("create table copied (like loaded including all) with (toast_tuple_target = 8160)"),
    ])
    try await settle()
}

// MARK: Loading, in alternation with a COPY of the same rows to a table that is the same.
// The server writes it, and psql reads it.
let file = "/tmp/postgres-times-\(ProcessInfo.processInfo.processIdentifier)"
var loads: [Double] = []
var copies: [Double] = []
var clientCopies: [Double] = []
let isShort = arguments.contains("--approximate")
let isPublishing = arguments.contains("--publishing")
var builder = IndexBuilder(space: space)
for item in products { try builder.add(item.product, item.embedding) }
let local = try builder.build()
for round in 0..<(isShort ? 0 : 5) {
    let index = try await PostgresIndex.create(table: "loaded", space: space, in: client, replacing: true)
    try await settle()
    loads.append(
        try await time {
            guard !isPublishing else {
                _ = try await IndexPublisher().publish(local, to: index)
                return
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, start) in stride(from: 0, to: count, by: 500).enumerated() {
                    if number >= 2 { try await group.next() }
                    let page = Array(products[start..<min(start + 500, count)])
                    group.addTask { try await index.upsert(page) }
                }
                try await group.waitForAll()
            }
        }
    )
    if round == 0 { _ = try await pool.run([PostgresStatement("copy loaded to '\(file)' (format binary)")]) }
    try await emptyCopy()
    clientCopies.append(try await time { try copyByClient(file) })
    try await emptyCopy()
    copies.append(
        try await time { _ = try await pool.run([PostgresStatement("copy copied from '\(file)' (format binary)")]) }
    )
}
if !isShort {
    try FileManager.default.removeItem(atPath: file)
    show(isPublishing ? "publishing by IndexPublisher" : "loading through PostgresIndex, two writers", median(loads))
    show("COPY of the finished binary rows by psql", median(clientCopies))
    show("  ratio", median(zip(loads, clientCopies).map { $0 / $1 }), "")
    show("COPY of the finished binary rows by the server itself", median(copies))
    show("  ratio", median(zip(loads, copies).map { $0 / $1 }), "")
}
if isPublishing || arguments.contains("--loading") { exit(0) }

// MARK: Searches.
func fill() async throws {
    let index = try await PostgresIndex.create(
        table: "searched",
        space: space,
        in: client,
        approximate: true,
        replacing: true
    )
    for start in stride(from: 0, to: count, by: 500) {
        try await index.upsert(Array(products[start..<min(start + 500, count)]))
    }
    show("building the graph", try await time { try await index.buildGraph() })
}
if !isShort { try await fill() }
let opened = try await PostgresIndex.open(table: "searched", in: client)
let chosen = (0..<60).map { products[$0 * (count / 60)] }
let efforts: [PostgresIndex.Effort] = [.exact, .approximate(candidates: 40), .approximate(candidates: 200)]
func index(_ effort: PostgresIndex.Effort) -> PostgresIndex {
    var index = opened
    index.effort = effort
    return index
}
for effort in efforts.dropFirst(isShort ? 1 : 0) {
    let index = index(effort)
    var totals: [Double] = []
    var shares: [Double] = []
    var found = 0.0
    for item in chosen {
        let query = SearchQuery(item.embedding, count: 10, excluded: [item.product.id])
        _ = client.take()
        var answer: [Neighbor] = []
        let total = try await time { answer = try await index.search([query])[0] }
        totals.append(total)
        shares.append(total - milliseconds(client.take()))
        let expected = try local.neighbors(query)
        if effort == .exact, answer != expected { print("DIFFERENT: \(item.product.id)") }
        found += Double(answer.count { $0.score >= (expected.last?.score ?? 0) }) / Double(expected.count)
    }
    show("search, \(effort)", median(totals))
    show("  of it ours", median(shares))
    show("  recall@10", found / Double(chosen.count), "")
    let calls = effort == .exact ? 60 : 240
    let each = try await rate(tasks: 8, calls: calls) { number in
        let item = chosen[number % chosen.count]
        _ = try await index.search([SearchQuery(item.embedding, count: 10, excluded: [item.product.id])])
    }
    show("  searches a second by 8 tasks", each, "")
}

// MARK: Recommendations with reasons beside one plain search.
for number in isShort ? [2] : [0, 2] {
    let effort = efforts[number]
    let index = index(effort)
    let recommender = Recommender(index: index)
    for strategy in [.mean, .best] as [ExampleStrategy] {
        var searches: [Double] = []
        var totals: [Double] = []
        var trips = 0
        for (number, item) in chosen.enumerated() {
            let query = SearchQuery(item.embedding, count: 10, excluded: [item.product.id])
            searches.append(try await time { _ = try await index.search([query]) })
            let likes = (0..<3).map { Example.product(chosen[(number + $0) % chosen.count].product.id) }
            var wanted = RecommendationQuery(likes: likes, strategy: strategy)
            wanted.explains = true
            let before = pool.roundTrips
            totals.append(try await time { _ = try await recommender.recommend(wanted) })
            trips = max(trips, pool.roundTrips - before)
        }
        show("recommend with reasons, 3 likes, \(strategy), \(effort)", median(totals))
        show("  beyond one search (\(trips) round trips)", median(totals) - median(searches))
        show("  the fastest of all", totals.min() ?? 0)
        show("  beyond the fastest search", (totals.min() ?? 0) - (searches.min() ?? 0))
    }
}
try? FileManager.default.removeItem(atPath: file)
#else
print("Build with --traits Postgres.")
#endif
