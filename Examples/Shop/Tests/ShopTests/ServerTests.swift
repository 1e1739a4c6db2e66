import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOConcurrencyHelpers
import ShopServer
import Testing

@Suite struct `The server` {
    @Test(arguments: ["/", "/products", "/products/nope", "/nothing", "/pictures/10001", "/openapi.json", "/health"])
    func `every answer has the security headers and an identifier`(path: String) async throws {
        try await TestShop.reading { (shop) async throws in
            let answer = try await shop.send(.get, path)
            let fields = Dictionary(answer.headers.map { ($0.name.canonicalName, $0.value) }) { $1 }
            #expect(fields["x-content-type-options"] == "nosniff")
            #expect(fields["x-frame-options"] == "DENY")
            #expect(fields["referrer-policy"] == "same-origin")
            #expect(fields["content-security-policy"]?.contains("default-src 'none'") == true)
            #expect(fields["cross-origin-resource-policy"] == "same-origin")
            #expect(fields["x-request-id"]?.isEmpty == false)
            #expect(fields["cache-control"] != nil)
        }
    }

    @Test func `the page says what it may do, and that it shares no window`() async throws {
        try await TestShop.reading { (shop) async throws in
            let answer = try await shop.send(.get, "/")
            let fields = Dictionary(answer.headers.map { ($0.name.canonicalName, $0.value) }) { $1 }
            #expect(fields["cross-origin-opener-policy"] == "same-origin")
            #expect(fields["permissions-policy"] == "camera=(self), geolocation=(), microphone=()")
        }
    }

    @Test(arguments: [
        ("abc-123_x.y", true), (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false),
        ("", false), ("a b", false), ("a\"b", false), ("ä", false), ("<script>", false),
    ])
    func `an identifier of the client is kept if it is sane`(id: String, isKept: Bool) async throws {
        try await TestShop.reading { (shop) async throws in
            let name = try #require(HTTPField.Name("X-Request-ID"))
            let answer = try await shop.send(.get, "/health", headers: [name: id])
            #expect((answer.headers[name] == id) == isKept)
            #expect(answer.headers[name]?.isEmpty == false)
        }
    }

    @Test func `identifiers are new for each request, and those of its logs`() async throws {
        let lines = Lines()
        let logger = Logger(label: "tests") { JSONLogHandler(label: $0) { lines.append($0) } }
        try await TestShop.with(logger: logger) { (shop) async throws in
            let name = try #require(HTTPField.Name("X-Request-ID"))
            var ids: [String] = []
            for headers: HTTPFields in [[:], [:], [name: "client-7"]] {
                ids.append(try #require(try await shop.send(.get, "/health", headers: headers).headers[name]))
            }
            #expect(Set(ids).count == 3 && ids[2] == "client-7")
            for id in ids { #expect(lines.all.contains { $0.contains(#""hb.request.id":"\#(id)""#) }, "\(id)") }
        }
    }

    @Test(arguments: [
        ("GET", "/nothing"), ("POST", "/products"), ("PATCH", "/products/10001"), ("DELETE", "/products"),
        ("GET", "/reload"),
        ("PUT", "/"), ("GET", "/products/10001/similar/more"), ("GET", "/search/image"),
    ])
    func `what is not there is 404`(method: String, path: String) async throws {
        try await TestShop.reading { (shop) async throws in
            let answer = try await shop.send(try #require(HTTPRequest.Method(method)), path)
            #expect(answer.status == 404)
            #expect(answer.code == "not-found")
        }
    }

    @Test func `HEAD has the headers of GET alone`() async throws {
        try await TestShop.reading { (shop) async throws in
            let answer = try await shop.send(.head, "/products")
            #expect(answer.status == 200 && answer.bytes.isEmpty)
            // Its answer has been given, although no body was written.
            let metrics = try await shop.send(.get, "/metrics").text
            #expect(metrics.contains(#"http_server_active_requests{http_request_method="HEAD"} 0.0"#))
        }
    }

    @Test func `a request that does not end is answered in time`() async throws {
        try await TestShop.with(change: { $0.timeout = .milliseconds(300) }) { (shop) async throws in
            try await shop.server.application().test(.live) { client in
                for path in ["/search/image", "/recommend"] {
                    let request = try await SlowRequest.begin(
                        port: try #require(client.port),
                        head: [
                            "POST \(path) HTTP/1.1", "Host: localhost", "Content-Length: 1000", "Connection: close",
                        ],
                        firstPart: [123]
                    )
                    let answer = try await request.end(with: [])
                    #expect(answer.hasPrefix("HTTP/1.1 503"))
                    #expect(answer.contains("deadline-exceeded"))
                }
            }
        }
    }

    @Test func `headers that are too long are refused`() async throws {
        try await TestShop.reading { (shop) async throws in
            try await shop.server.application().test(.live) { client in
                let request = try await SlowRequest.begin(
                    port: try #require(client.port),
                    head: ["GET /health HTTP/1.1", "Host: localhost", "X: \(String(repeating: "x", count: 40_000))"],
                    firstPart: []
                )
                #expect(try await request.end(with: []).hasPrefix("HTTP/1.1 400"))
            }
        }
    }

    @Test func `metrics count requests by route and status, and tell queue and index`() async throws {
        try await TestShop.with { (shop) async throws in
            for _ in 0..<3 { try await shop.send(.get, "/products/nope/similar") }
            try await shop.send(.post, "/search/image", body: try TestShop.picture("10001"))
            let text = try await shop.send(.get, "/metrics").text
            let line =
                #"hb_requests_total{http_route="/products/{id}/similar",http_request_method="GET","#
                + #"http_response_status_code="404"}"#
            let count = text.split(separator: "\n").first { $0.hasPrefix(line) }?.split(separator: " ").last
            #expect((count.flatMap { Int($0) } ?? 0) >= 3)
            for name in [
                "http_server_request_duration_seconds_bucket", "shop_queue_depth 0.0", "shop_index_products 187.0",
                "shop_embedding_seconds_count", "shop_pictures_under_way 0.0", "shop_generation 1.0",
                #"shop_answers_total{source="kept"}"#, #"shop_answers_total{source="made"}"#,
            ] { #expect(text.contains(name), "\(name)") }
        }
    }

    @Test func `the page carries its style, its script and its first view, and allows nothing else`() async throws {
        try await TestShop.with { (shop) async throws in
            let answer = try await shop.send(.get, "/")
            #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
            let policy = try #require(answer.headers[.contentSecurityPolicy])
            for element in ["script", "style"] {
                let content = try #require(Self.content(of: "<\(element)>", "</\(element)>", in: answer.text))
                #expect(policy.contains("\(element)-src 'sha256-\(try Self.sha256(content))'"))
            }
            struct View: Decodable {
                let products: PageAnswer
                let pageSize: Int
                let pictureSearch: Bool
            }
            let data = try #require(
                Self.content(of: #"<script type="application/json" id="data">"#, "</script>", in: answer.text)
            )
            #expect(!data.contains("<"))
            let view = try JSONDecoder().decode(View.self, from: Data(data.utf8))
            #expect(view.products.total == 187 && view.products.results.count == view.pageSize && view.pictureSearch)
            let tag = try #require(answer.headers[.eTag])
            #expect(try await shop.send(.get, "/", headers: [.ifNoneMatch: tag]).status == 304)
            let hostile = Form(attributes: #"{"gender": "Men"}"#, title: "</script><script>alert(1)</script>")
            try await shop.put("0", hostile)
            let changed = try await shop.send(.get, "/")
            #expect(changed.headers[.eTag] != tag)
            #expect(!changed.text.contains("<script>alert"))
        }
    }

    @Test func `the description names every route`() async throws {
        struct Description: Decodable {
            let openapi: String
            let paths: [String: [String: Operation]]

            struct Operation: Decodable {}
        }
        try await TestShop.reading { (shop) async throws in
            let answer = try await shop.send(.get, "/openapi.json")
            let text = answer.text
            #expect(text.contains("\"openapi\": \"3.1.0\""))
            for path in [
                "/products/{id}/similar", "/search/image", "/recommend", "/pictures/{id}", "/facets", "/reload",
            ] {
                #expect(text.contains("\"\(path)\""))
            }
        }
    }

    /// What stands between two texts for the first time.
    private static func content(of start: String, _ end: String, in text: String) -> String? {
        guard let start = text.firstRange(of: start), let end = text[start.upperBound...].firstRange(of: end) else {
            return nil
        }
        return String(text[start.upperBound..<end.lowerBound])
    }

    /// The digest in base64, by a program of the system.
    private static func sha256(_ text: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import base64, hashlib, sys; print(base64.b64encode(hashlib.sha256(sys.stdin.buffer.read()).digest()).decode())",
        ]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
