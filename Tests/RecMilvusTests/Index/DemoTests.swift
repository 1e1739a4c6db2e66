#if Milvus
import Foundation
import RecCore
import RecIndex
import RecMilvus
import RecTesting
import Testing

/// `rec-demo` as a process of its own.
@Suite("A collection as an index of rec-demo") struct DemoTests {
    private struct Outcome: Equatable {
        let code: Int32
        let output: String
        let errors: String
    }

    private func run(_ arguments: [String]) throws -> Outcome {
        let process = Process()
        let (output, errors) = (Pipe(), FileManager.default.temporaryDirectory.appending(path: UUID().uuidString))
        // The program lies beside the tests, or beside the folder that they are in.
        let places = ([Bundle.main] + Bundle.allBundles).flatMap {
            [$0.bundleURL, $0.bundleURL.deletingLastPathComponent()]
        }
        process.executableURL = places.map { $0.appending(path: "rec-demo") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try Data().write(to: errors)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let complaint = try String(contentsOf: errors, encoding: .utf8)
        try FileManager.default.removeItem(at: errors)
        return Outcome(
            code: process.terminationStatus,
            output: String(decoding: text, as: UTF8.self),
            errors: complaint
        )
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `is published to, and all commands say what they say of a file`(kind: MilvusServer.Kind) async throws {
        let server = try await MilvusServer.shared(kind)
        let catalogue = RandomCatalogue(count: 100, seed: 61)
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).idx").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await localIndex(catalogue.space, catalogue.products).write(to: file)
        let collection = "\(server.address)/\(MilvusServer.name())"
        for (options, expected) in [
            (["--approximate"], "100 written, 0 unchanged, 0 removed\n"),
            ([], "0 written, 100 unchanged, 0 removed\n"), (["--replace"], "100 written, 0 unchanged, 0 removed\n"),
        ] {
            let outcome = try run(["publish", "--index", file, "--to", collection] + options)
            #expect(outcome.code == 0 && outcome.output == expected, "\(outcome)")
        }
        let ids = catalogue.products.map(\.product.id.rawValue)
        for command in [
            ["similar", "--id", ids[0], "--where", "share=50%", "--json"],
            ["recommend", "--like", ids[1], "--like", ids[2], "--dislike", ids[3], "--explain", "--json"],
            ["evaluate", "--relevant-by", "share", "--json"], ["weights", "--relevant-by", "colour", "--json"],
            ["neighbors", "--count", "3"],
        ] {
            let wanted = try run([command[0], "--index", file] + command.dropFirst())
            let given = try run([command[0], "--index", collection] + command.dropFirst())
            #expect(wanted.code == 0, "\(wanted)")
            #expect(given.code == 0 && given.output == wanted.output, "\(given)")
        }
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `with a graph answers exactly unless the address asks for candidates`(kind: MilvusServer.Kind) async throws {
        let server = try await MilvusServer.shared(kind)
        let catalogue = RandomCatalogue(count: 100, seed: 62)
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).idx").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await localIndex(catalogue.space, catalogue.products).write(to: file)
        let collection = "\(server.address)/\(MilvusServer.name())"
        let published = try run(["publish", "--index", file, "--to", collection, "--approximate"])
        #expect(published.code == 0, "\(published)")
        let arguments = ["--id", catalogue.products[0].product.id.rawValue, "--json"]
        let wanted = try run(["similar", "--index", file] + arguments)
        let exact = try run(["similar", "--index", collection] + arguments)
        #expect(exact.code == 0 && exact.output == wanted.output, "\(exact)")
        #expect(exact.errors.contains("candidates=N"))
        let approximate = try run(["similar", "--index", collection + "?candidates=64"] + arguments)
        #expect(approximate.code == 0 && !approximate.errors.contains("candidates"), "\(approximate)")
        #expect(approximate.output.split(separator: "\n").count == wanted.output.split(separator: "\n").count)
    }

    @Test(
        arguments: [
            ("milvus://secret@127.0.0.1:1", 64), ("milvus://secret@127.0.0.1:1/c?password=secret", 64),
            ("milvus://secret@127.0.0.1:1/c?candidates=0", 64), ("postgresql://u:secret@127.0.0.1:1/d", 64),
            ("milvus://secret@127.0.0.1:1/c", 1),
        ] as [(String, Int32)]
    )
    func `an address that cannot be used is an error without its credentials`(_ address: String, _ code: Int32) throws {
        let outcome = try run(["similar", "--index", address, "--id", "1"])
        #expect(outcome.code == code)
        #expect(!outcome.errors.isEmpty && !outcome.errors.contains("secret"))
    }
}
#endif
