/// A unary call of gRPC, as HTTP/2 carries it.
package struct GRPCRequest: Sendable {
    /// The path, such as `/milvus.proto.milvus.MilvusService/Search`.
    package var path: String

    /// The framed message.
    package var body: [UInt8]

    /// When the call must be over.
    package var end: ContinuousClock.Instant

    /// Whether to open a connection for the call rather than use one that may be broken.
    package var isFresh = false
}

/// What came back.
package struct GRPCReply: Sendable {
    /// The HTTP status.
    package var httpStatus: Int

    /// The lines of headers and trailers.
    package var headers: String

    /// The framed message.
    package var body: [UInt8]

    /// Creates a reply.
    package init(httpStatus: Int, headers: String, body: [UInt8]) {
        self.httpStatus = httpStatus
        self.headers = headers
        self.body = body
    }
}

/// A call that got no reply.
package struct GRPCFault: Error, Sendable, Hashable {
    /// The kinds of faults.
    package enum Kind: Sendable, Hashable {
        /// There is no server, or the connection broke.
        case unreachable
        /// The deadline is over.
        case deadline
        /// The certificate is not trusted.
        case untrusted
        /// What answered does not speak gRPC.
        case foreign
        /// The answer is longer than allowed.
        case tooLarge
    }

    /// The kind of fault.
    package let kind: Kind

    /// The transport's words.
    package let reason: String

    /// Describes a fault.
    package init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}

/// Carries calls to one server.
package protocol GRPCTransport: Sendable {
    /// Sends a call and waits for its reply.
    ///
    /// - Throws: ``GRPCFault`` when there is none; `CancellationError` soon after the task is cancelled.
    func send(_ request: GRPCRequest) async throws -> GRPCReply
}
