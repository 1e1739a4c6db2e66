#if Postgres
import Foundation
import RecCore
import RecIndex
import RecMetadata
import RecPostgres
import Testing

/// A table of products with an index of it, and the commands of `rec-demo` as processes of their own.
struct FollowedShop {
    /// How a command failed.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let database = Task.detached { try await PostgresServer.shared().database() }

    let pool: PostgresPool
    let address: String
    let table = "t" + String(UInt.random(in: 0 ... .max))
    let folder = FileManager.default.temporaryDirectory.appending(path: "rec-follow-\(UUID().uuidString)")

    init() async throws {
        try await self.init(Self.database.value)
    }

    init(_ database: PostgresAddress) async throws {
        pool = try PostgresPool(database)
        address = "\(database)?table=\(table)"
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try await pool.rows(
            "create table \(table) (id int8 primary key, title text, colour text, size text[], n int8)"
        )
    }

    var live: String { folder.appending(path: "shop.live").path }

    /// Fills the table, indexes it, and publishes the index into a live one.
    func publish() async throws {
        _ = try await pool.rows(
            """
            insert into \(table) select n, 'Product ' || n, (array['Red', 'Green', 'Blue'])[n % 3 + 1],
                case when n % 4 > 0 then array['S', 'M'] end, 0 from generate_series(1, 60) n
            """
        )
        let file = folder.appending(path: "shop.idx").path
        try await run(["index", "--catalog", address, "--out", file, "--attributes", "colour,size"])
        try await run(["publish", "--index", file, "--to", live])
    }

    /// Whether the live index holds what the table does.
    func compare(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await compare(Index.open(path: live), sourceLocation: sourceLocation)
    }

    func compare(
        _ index: some SimilarityIndex,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let wanted = try await PostgresCatalogue(pool, table: table).read().products
        let given = try await index.products(
            try await index.ids(after: nil, count: 10_000),
            ProductContents(product: true)
        )
        #expect(
            Set(given.compactMap { $0?.product }) == Set(wanted) && given.count == wanted.count,
            sourceLocation: sourceLocation
        )
    }

    /// Waits until the live index holds what the table does, or fails.
    func waitForFollower(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let wanted = try await PostgresCatalogue(pool, table: table).read().products
        for _ in 0..<200 {
            let index = try Index.open(path: live)
            let ids = try await index.ids(after: nil, count: 10_000)
            let given = try await index.products(ids, ProductContents(product: true)).compactMap { $0?.product }
            if Set(given) == Set(wanted) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        try await compare(sourceLocation: sourceLocation)
    }

    func process(_ arguments: [String]) -> (Process, Pipe) {
        let process = Process()
        let output = Pipe()
        // The program lies beside the tests, or beside the folder that they are in.
        let places = ([Bundle.main] + Bundle.allBundles).flatMap {
            [$0.bundleURL, $0.bundleURL.deletingLastPathComponent()]
        }
        process.executableURL = places.map { $0.appending(path: "rec-demo") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = output
        return (process, output)
    }

    func run(_ arguments: [String]) async throws {
        let (process, output) = process(arguments)
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: String(decoding: text, as: UTF8.self))
        }
    }

    /// The arguments of a follower.
    func follow(_ options: String...) -> [String] {
        ["follow", "--catalog", address, "--index", live, "--interval", "0.01"] + options
    }
}
#endif
