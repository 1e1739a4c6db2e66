import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import ShopServer
import Testing

@Suite struct `The time of a request` {
    private static let head = HTTPRequestPart.head(
        HTTPRequest(method: .post, scheme: "http", authority: "shop", path: "/recommend")
    )

    private static func body(_ size: Int) -> HTTPRequestPart {
        .body(ByteBuffer(bytes: [UInt8](repeating: 7, count: size)))
    }

    private func channel() throws -> (EmbeddedChannel, EmbeddedEventLoop) {
        let loop = EmbeddedEventLoop()
        let limit = RequestTimeLimit(limit: .seconds(10), maximumBodySize: 1000)
        let channel = EmbeddedChannel(handler: limit, loop: loop)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return (channel, loop)
    }

    private func answer(_ channel: EmbeddedChannel) throws {
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
    }

    @Test func `ends with the answer and the whole body`() throws {
        let (channel, loop) = try channel()
        for _ in 0..<3 {
            try channel.writeInbound(Self.head)
            loop.advanceTime(by: .seconds(9))
            try channel.writeInbound(Self.body(2000))
            try channel.writeInbound(HTTPRequestPart.end(nil))
            try answer(channel)
            // Between requests, no time runs.
            loop.advanceTime(by: .seconds(100))
            #expect(channel.isActive)
        }
    }

    @Test func `is limited for a body that comes slowly, answered or not`() throws {
        for isAnswered in [false, true] {
            let (channel, loop) = try channel()
            try channel.writeInbound(Self.head)
            if isAnswered { try answer(channel) }
            for _ in 0..<9 {
                loop.advanceTime(by: .seconds(1))
                try channel.writeInbound(Self.body(1))
            }
            #expect(channel.isActive)
            loop.advanceTime(by: .seconds(1))
            #expect(!channel.isActive)
        }
    }

    @Test func `is limited for an answer that is not there`() throws {
        let (channel, loop) = try channel()
        try channel.writeInbound(Self.head)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        loop.advanceTime(by: .seconds(10))
        #expect(!channel.isActive)
    }

    @Test func `begins anew for a request that came before the answer to another`() throws {
        let (channel, loop) = try channel()
        for _ in 0..<2 {
            try channel.writeInbound(Self.head)
            try channel.writeInbound(HTTPRequestPart.end(nil))
        }
        loop.advanceTime(by: .seconds(9))
        try answer(channel)
        loop.advanceTime(by: .seconds(9))
        #expect(channel.isActive)
        loop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test func `a body that nobody reads is received up to the greatest size of a body`() throws {
        let (channel, _) = try channel()
        try channel.writeInbound(Self.head)
        try channel.writeInbound(Self.body(5000))
        try answer(channel)
        try channel.writeInbound(Self.body(1000))
        #expect(channel.isActive)
        try channel.writeInbound(Self.body(1))
        #expect(!channel.isActive)
    }
}
