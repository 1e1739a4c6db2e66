import Foundation
import Logging
import ShopServer
import Testing

@Suite struct `Settings` {
    @Test func `flags come before the environment, and that before the file`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(#"{"index": "file", "catalog": "file", "weights": "file", "max-pending-pictures": 7}"#.utf8).write(
            to: URL(filePath: path)
        )
        let settings = try await ShopSettings.read(
            arguments: ["shop", "--index", "flag", "--settings=\(path)"],
            environment: ["SHOP_INDEX": "environment", "SHOP_CATALOG": "environment", "PORT": "81", "SHOP_TOKEN": "t"]
        )
        #expect(settings.index == "flag" && settings.catalog == "environment" && settings.weights == "file")
        #expect(settings.maximumPendingPictures == 7 && settings.port == 81 && settings.token == "t")
    }

    @Test func `PORT comes after SHOP_PORT and before the file`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(#"{"index": "file", "port": 1, "token": ""}"#.utf8).write(to: URL(filePath: path))
        let arguments = ["shop", "--settings", path]
        for (environment, port) in [([:], 1), (["PORT": "2"], 2), (["PORT": "2", "SHOP_PORT": "3"], 3)] {
            let settings = try await ShopSettings.read(arguments: arguments, environment: environment)
            #expect(settings.port == port && settings.token == nil)
        }
    }

    @Test func `what is not given has its default, and what is empty is not given`() async throws {
        let settings = try await ShopSettings.read(
            arguments: ["shop"],
            environment: [
                "SHOP_INDEX": "a", "SHOP_TOKEN": "", "SHOP_LOG_LEVEL": "debug", "HOST": "0.0.0.0", "TOKEN": "x",
                "SHOP_RECALL": "1", "SHOP_ANSWER_CACHE_BYTES": "0", "SHOP_MAX_PENDING_JSON_BYTES": "4000",
            ]
        )
        #expect(settings.host == "127.0.0.1" && settings.port == 8080 && settings.token == nil)
        #expect(settings.logLevel == .debug)
        #expect(settings.recall == 1)
        #expect(settings.answerCacheSize == 0 && settings.maximumPendingJSON == 4000)
    }

    @Test(arguments: [
        ["--indx", "a"], ["--index", "a", "--port", "abc"], ["--index", "a", "--port", "70000"],
        ["--index", "a", "--max-pending-pictures", "0"], ["--index", "a", "--log-level", "loud"], [],
        ["--index", "a", "--recall", "0.4"], ["--index", "a", "--recall", "most"],
        ["--index", "a", "--max-pending-json-bytes", "0"], ["--index", "a", "--answer-cache-bytes", "much"],
        ["--index", "a", "--settings", "/no/such/file"],
    ])
    func `what cannot be used is an error that names it`(arguments: [String]) async throws {
        let error = await #expect(throws: SettingsError.self) {
            try await ShopSettings.read(arguments: ["shop"] + arguments, environment: [:])
        }
        let name = arguments.dropLast().last.map { String($0.dropFirst(2)) } ?? "index"
        #expect(error?.description.contains(name) == true)
    }
}

@Suite struct `Logs` {
    @Test func `a message is a line of JSON, whatever a client sent`() throws {
        let lines = Lines()
        var logger = Logger(label: "test") { JSONLogHandler(label: $0, level: .debug) { lines.append($0) } }
        logger[metadataKey: "request"] = "abc"
        let hostile = "a\"b\\c\nd\u{0}e\u{1B}[31m\u{2028}{}"
        logger.info("\(hostile)", metadata: ["count": .stringConvertible(3), "list": ["x", .string(hostile)]])
        logger.trace("not this")
        let all = lines.all
        #expect(all.count == 1)
        let line = try #require(all.first)
        #expect(line.hasSuffix("}\n") && line.filter(\.isNewline).count == 1)
        struct Line: Decodable {
            let level: String
            let message: String
            let request: String
            let count: Int
            let list: [String]
        }
        let decoded = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
        #expect(decoded.message == hostile && decoded.list == ["x", hostile])
        #expect(decoded.level == "info" && decoded.request == "abc" && decoded.count == 3)
    }
}
