#if Milvus
import Foundation
import RecCore
import RecMilvus
import RecTesting
import Testing

/// A server with TLS that asks for a token, before a real Milvus.
@Suite("Encrypted connections and tokens") struct EncryptionTests {
    private static let token = "anna:s\u{e9}cret@1"

    /// The proxy, which ends when its standard input does.
    private final class Proxy {
        let port: String
        private let process = Process()
        private let input = Pipe()

        init(before server: MilvusServer) throws {
            let output = Pipe()
            process.executableURL =
                URL(filePath: #filePath).appending(path: "../../../../Scripts/servers/milvus.sh").standardizedFileURL
            process.arguments =
                ["tls", server.address.replacing("milvus://", with: "")]
                + [try EncryptionTests.fixture("server.crt"), try EncryptionTests.fixture("server.key"), token]
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            port = line.trimmingCharacters(in: .whitespacesAndNewlines)
        }

        func end() throws {
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
    }

    private static func fixture(_ name: String) throws -> String {
        try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil)).path
    }

    @Test func `are made with a trusted certificate and the right token only`() async throws {
        let server = try await MilvusServer.shared(.lite)
        let proxy = try Proxy(before: server)
        let catalogue = RandomCatalogue(count: 60, seed: 71)
        let plain = try await server.index(catalogue.space, catalogue.products)
        let query = SearchQuery(catalogue.queries[0], count: 20, contents: .all)
        let expected = try await plain.search([query])[0]

        func index(_ address: String, certificates: String?) async throws -> MilvusIndex {
            var settings = MilvusClient.Settings()
            settings.certificates = certificates
            let client = try MilvusClient(MilvusAddress(address), settings: settings)
            return try await MilvusIndex.open(collection: plain.collectionName, in: client)
        }
        let trusted = try Self.fixture("server.crt")
        let good = "milvuss://anna:s%C3%A9cret%401@localhost:\(proxy.port)"
        let encrypted = try await index(good, certificates: trusted)
        #expect(try await encrypted.search([query])[0] == expected)
        try await withThrowingTaskGroup(of: [Neighbor].self) { group in
            for _ in 0..<50 { group.addTask { try await encrypted.search([query])[0] } }
            for try await answer in group { #expect(answer == expected) }
        }
        for (address, certificates, code) in [
            (good, nil, "untrusted-server"),
            ("milvuss://anna:wrong-secret@localhost:\(proxy.port)", trusted, "access-denied"),
            ("milvuss://localhost:\(proxy.port)", trusted, "access-denied"),
            (good.replacing("localhost", with: "127.0.0.2"), trusted, "unreachable"),
            (good.replacing("milvuss", with: "milvus"), nil, "foreign-server or unreachable"),
        ] {
            let error = await #expect(throws: RecError.self) { try await index(address, certificates: certificates) }
            #expect(code.contains(error?.code.name ?? "none"), "\(error?.message ?? "")")
            #expect(error?.message.contains("cret") == false && error?.message.contains("anna") == false)
        }
        try proxy.end()
    }
}
#endif
