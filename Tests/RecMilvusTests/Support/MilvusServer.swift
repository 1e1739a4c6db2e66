#if Milvus
import Foundation
import RecMilvus
import Testing

/// A real Milvus server, which `Scripts/servers/milvus.sh` starts and which ends with this process.
struct MilvusServer: Sendable {
    /// The servers that tests run on.
    enum Kind: String, Sendable, CaseIterable, CustomTestStringConvertible {
        /// milvus-lite: today's protocol in one process of Python.
        case lite
        /// Milvus 2.3.5.
        case standalone = "2.3"

        var testDescription: String { self == .lite ? "milvus-lite" : "Milvus 2.3.5" }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let kind: Kind
    let address: String

    /// The folder of its data.
    let folder: String

    /// The server that the tests of this process share.
    static func shared(_ kind: Kind) async throws -> MilvusServer {
        try await (kind == .lite ? lite : standalone).value
    }

    private static let lite = Task.detached { try MilvusServer.start(.lite) }
    private static let standalone = Task.detached { try MilvusServer.start(.standalone) }

    /// Starts a server for a test that stops or kills it.
    static func start(_ kind: Kind) throws -> MilvusServer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rec-milvus-\(UUID().uuidString)").path
        let owner = "\(ProcessInfo.processInfo.processIdentifier)"
        let address = try script(["start", kind.rawValue, folder, "0", "--while", owner])
        return MilvusServer(kind: kind, address: address, folder: folder)
    }

    /// Starts it again after it was killed, at the same port.
    func restart() throws {
        _ = try Self.script(["start", kind.rawValue, folder, "0"])
    }

    /// The process of the server.
    func processID() throws -> Int32 {
        let text = try String(contentsOfFile: folder + "/pid", encoding: .utf8)
        guard let number = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw Failure(description: "no process is named in \(folder)/pid")
        }
        return number
    }

    /// Kills the server.
    func kill() throws { _ = Foundation.kill(try processID(), SIGKILL) }

    /// A client with settings of a test.
    func client(_ change: (inout MilvusClient.Settings) -> Void = { _ in }) throws -> MilvusClient {
        var settings = MilvusClient.Settings()
        settings.deadline = .seconds(120)
        change(&settings)
        return try MilvusClient(MilvusAddress(address), settings: settings)
    }

    /// Runs `Scripts/servers/milvus.sh`, and gives what it prints.
    static func script(_ arguments: [String]) throws -> String {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL =
            URL(filePath: #filePath).appending(path: "../../../../Scripts/servers/milvus.sh").standardizedFileURL
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description: "Scripts/servers/milvus.sh \(arguments[0]) failed; run `make setup-tests` once. It said: "
                    + String(decoding: complaint, as: UTF8.self)
            )
        }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
#endif
