import NIOCore
import NIOPosix

/// A request whose body comes in two parts, as from a slow client.
struct SlowRequest {
    private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Connects, and sends the head and the first part of the body.
    static func begin(port: Int, head: [String], firstPart: [UInt8]) async throws -> SlowRequest {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "localhost", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let bytes = Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + firstPart
        try await channel.channel.writeAndFlush(ByteBuffer(bytes: bytes))
        return SlowRequest(channel: channel)
    }

    /// Sends the rest of the body.
    ///
    /// - Returns: What the server sends until it closes the connection.
    func end(with rest: [UInt8]) async throws -> String {
        try await channel.executeThenClose { inbound, outbound in
            if !rest.isEmpty { try await outbound.write(ByteBuffer(bytes: rest)) }
            var answer = ByteBuffer()
            for try await part in inbound { answer.writeImmutableBuffer(part) }
            return String(buffer: answer)
        }
    }
}
