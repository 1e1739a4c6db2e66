import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Metrics
import NIOCore
import RecCore
import RecIndex
import ShopServer

/// A server of its own folder, with the products of the sample catalogue.
struct TestShop: Sendable {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../..")
        .standardizedFileURL.path
    static let catalog = root + "/Examples/SampleCatalogue"
    static let weights = root + "/.models/efficientnet-lite0-57934424.pth"
    static let token = "a token of the tests"

    /// The metrics of the process; swift-metrics can be started once.
    static let metrics: PrometheusMetrics = {
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        return metrics
    }()

    /// The live folder of the sample catalogue, which is made once.
    private static let template = Task<String, any Error> {
        let path = FileManager.default.temporaryDirectory.appending(path: "shop-\(UUID().uuidString).live").path
        let server = try await ShopServer(settings(path), metrics: metrics, logger: quiet)
        await server.close()
        return path
    }

    static var quiet: Logger { Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() } }

    let settings: ShopSettings
    let server: ShopServer
    let folder: String

    static func settings(_ index: String) -> ShopSettings {
        var settings = ShopSettings(index: index, threads: 2)
        settings.catalog = catalog
        settings.weights = weights
        settings.token = token
        // A debug build embeds pictures slowly, and tests that run together wait for each other.
        settings.timeout = .seconds(300)
        return settings
    }

    /// Calls a function with a server on a copy of the sample catalogue's folder.
    static func with(
        change: (inout ShopSettings) -> Void = { _ in },
        logger: Logger = quiet,
        readSettings: (@Sendable () async throws -> ShopSettings)? = nil,
        _ body: (TestShop) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "shop-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var settings = Self.settings(folder + "/shop.live")
        change(&settings)
        try await copyIndex(to: folder + "/shop.live")
        let server = try await ShopServer(settings, metrics: metrics, logger: logger, readSettings: readSettings)
        let shop = TestShop(settings: settings, server: server, folder: folder)
        do {
            try await body(shop)
            await server.close()
        } catch {
            await server.close()
            throw error
        }
    }

    /// A server for requests that change nothing, which lives as long as the process.
    private static let shared = Task<TestShop, any Error> {
        let settings = Self.settings(try await template.value)
        let server = try await ShopServer(settings, metrics: metrics, logger: quiet)
        return TestShop(settings: settings, server: server, folder: settings.index)
    }

    /// Calls a function with a server that other tests use, too.
    static func reading(_ body: (TestShop) async throws -> Void) async throws {
        try await body(await shared.value)
    }

    /// The index of the sample catalogue.
    static func sample() async throws -> Index { try LiveIndexReader(path: try await template.value).snapshot }

    /// Copies the live folder of the sample catalogue.
    static func copyIndex(to path: String) async throws {
        try FileManager.default.copyItem(atPath: try await template.value, toPath: path)
    }

    /// The index as the library reads it, beside the server.
    func library() throws -> Index { try LiveIndexReader(path: settings.index).snapshot }
}

extension TestShop {
    /// Sends one request.
    @discardableResult
    func send(
        _ method: HTTPRequest.Method = .get,
        _ uri: String,
        headers: HTTPFields = [:],
        body: [UInt8]? = nil
    ) async throws -> Answer {
        try await server.application().test(.router) { client in
            let response = try await client.execute(
                uri: uri,
                method: method,
                headers: headers,
                body: body.map { ByteBuffer(bytes: $0) }
            )
            return Answer(response)
        }
    }

    /// Puts a product.
    @discardableResult
    func put(_ id: String, _ form: Form, token: String? = token) async throws -> Answer {
        var headers: HTTPFields = [.contentType: form.contentType]
        if let token { headers[.authorization] = "Bearer \(token)" }
        return try await send(.put, "/products/\(id)", headers: headers, body: form.bytes)
    }

    @discardableResult
    func delete(_ id: String) async throws -> Answer {
        try await send(.delete, "/products/\(id)", headers: [.authorization: "Bearer \(Self.token)"])
    }

    /// The picture of a product of the sample catalogue.
    static func picture(_ id: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(catalog)/images/\(id).jpg")))
    }
}
