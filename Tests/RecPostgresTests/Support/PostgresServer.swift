#if Postgres
import Foundation
import RecPostgres

/// A real PostgreSQL server with pgvector, which `Scripts/servers/postgres.sh` starts and which ends with this process.
struct PostgresServer: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The address of its database `postgres`, without a password.
    let address: PostgresAddress

    /// The folder of its data.
    let folder: String

    /// The server that the tests of this process share; each suite makes a database of its own on it.
    static func shared() async throws -> PostgresServer { try await running.value }

    private static let running = Task.detached { try PostgresServer.start() }

    /// Starts a server for a test that stops or kills it.
    static func start() throws -> PostgresServer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rec-postgres-\(UUID().uuidString)").path
        let output = try script(["start", folder, "0", "--while", "\(ProcessInfo.processInfo.processIdentifier)"])
        return PostgresServer(address: try PostgresAddress(output), folder: folder)
    }

    /// A coordinator and three shards, in the folders `coordinator` and `shard1` to `shard3`.
    static func startCluster() throws -> PostgresServer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rec-postgres-\(UUID().uuidString)").path
        let output = try script(["cluster", folder, "0", "--while", "\(ProcessInfo.processInfo.processIdentifier)"])
        return PostgresServer(address: try PostgresAddress(output), folder: folder)
    }

    /// The address of a new, empty database with pgvector.
    func database() async throws -> PostgresAddress {
        let name = "test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        let address = address.database(name)
        let maker = try PostgresPool(self.address)
        _ = try await maker.run([PostgresStatement("create database \(name)")])
        _ = try await PostgresPool(address).run([PostgresStatement("create extension vector")])
        return address
    }

    /// The process of the server.
    func processID() throws -> Int32 {
        let text = try String(contentsOfFile: "\(folder)/data/postmaster.pid", encoding: .utf8)
        guard let line = text.split(separator: "\n").first, let number = Int32(line) else {
            throw Failure(description: "no process is named in postmaster.pid")
        }
        return number
    }

    /// Starts it again after it was killed, at the same port.
    func restart() throws {
        guard let port = address.description.firstMatch(of: /:(\d+)\//)?.1 else {
            throw Failure(description: "the address has no port")
        }
        _ = try Self.script(["start", folder, String(port)])
    }

    private static func script(_ arguments: [String]) throws -> String {
        let path = URL(filePath: #filePath).appending(path: "../../../../Scripts/servers/postgres.sh")
            .standardizedFileURL
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = path
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let text = String(decoding: complaint, as: UTF8.self)
            throw Failure(
                description:
                    "Scripts/servers/postgres.sh \(arguments[0]) failed; run `make setup-tests` once. It said: \(text)"
            )
        }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
#endif
