import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import ShopServer
import Testing

@Suite struct `JSON bodies in memory` {
    /// A query of so many bytes.
    private static func query(_ size: Int) -> [UInt8] {
        let text = #"{"likes": ["10001"], "count": 1"#
        return Array((text + String(repeating: " ", count: size - text.utf8.count - 1) + "}").utf8)
    }

    private static func send(_ body: [UInt8], _ client: some TestClientProtocol) async throws -> Answer {
        Answer(try await client.execute(uri: "/recommend", method: .post, body: ByteBuffer(bytes: body)))
    }

    /// Waits until the server has as many bytes of bodies.
    private static func wait(for bytes: Int, _ client: some TestClientProtocol) async throws {
        for _ in 0..<500 {
            let metrics = Answer(try await client.execute(uri: "/metrics", method: .get)).text
            if metrics.contains("shop_json_body_bytes \(bytes).0\n") { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("the server has not got \(bytes) bytes")
    }

    @Test func `are bounded for all requests together`() async throws {
        try await TestShop.with(change: { $0.maximumPendingJSON = 5000 }) { (shop) async throws in
            try await shop.server.application().test(.live) { client in
                let body = Self.query(4000)
                let slow = try await SlowRequest.begin(
                    port: try #require(client.port),
                    head: ["POST /recommend HTTP/1.1", "Host: localhost", "Content-Length: 4000", "Connection: close"],
                    firstPart: Array(body[..<3000])
                )
                try await Self.wait(for: 3000, client)
                #expect(try await Self.send(Self.query(2000), client).status == 200)
                let refused = try await Self.send(Self.query(2001), client)
                #expect(refused.status == 503 && refused.code == "busy")
                #expect(refused.headers[.retryAfter] == "1")
                #expect(try await slow.end(with: Array(body[3000...])).hasPrefix("HTTP/1.1 200"))
                try await Self.wait(for: 0, client)
                #expect(try await Self.send(Self.query(5000), client).status == 200)
                #expect(try await Self.send(Self.query(5001), client).status == 503)
                try await Self.wait(for: 0, client)
            }
        }
    }

    @Test func `are given back when a request ends halfway`() async throws {
        try await TestShop.with(change: { ($0.maximumPendingJSON, $0.timeout) = (5000, .seconds(3)) }) {
            (shop) async throws in
            try await shop.server.application().test(.live) { client in
                let slow = try await SlowRequest.begin(
                    port: try #require(client.port),
                    head: ["POST /recommend HTTP/1.1", "Host: localhost", "Content-Length: 4000", "Connection: close"],
                    firstPart: Array(Self.query(4000)[..<3000])
                )
                #expect(try await slow.end(with: []).hasPrefix("HTTP/1.1 503"))
                try await Self.wait(for: 0, client)
                #expect(try await Self.send(Self.query(5000), client).status == 200)
            }
        }
    }
}
