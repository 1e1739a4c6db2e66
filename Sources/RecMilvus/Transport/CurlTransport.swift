#if Milvus
internal import CRecCurl
internal import RecCompute
internal import RecCore
internal import Synchronization

/// Calls by libcurl, many at once on few connections of HTTP/2, from one thread.
final class CurlTransport: GRPCTransport {
    /// How to reach a server.
    struct Settings: Sendable {
        /// Scheme, host and port.
        var base: String
        /// Lines that all requests carry.
        var headers: [String]
        /// A file of certificates to trust instead of those of the system.
        var certificates: String?
        /// The time that opening a connection may take.
        var connecting: Duration
        /// Whether connections are without TLS.
        var isPlain: Bool { base.hasPrefix("http://") }
        /// The most connections.
        ///
        /// Without TLS there is one: where a second one is being opened, libcurl 7.88 lets calls share it too early.
        var connections: Int { isPlain ? 1 : 2 }
        /// The longest answer in bytes.
        static let longestAnswer = 256 << 20
    }

    /// A transport to an address.
    ///
    /// - Throws: `RecError` with code `invalidSetting` or `unreachable`.
    static func to(_ address: MilvusAddress, _ settings: MilvusClient.Settings) throws(RecError) -> CurlTransport {
        try settings.check()
        var headers = [
            "content-type: application/grpc", "te: trailers", "user-agent: swift-recommend", "accept:", "expect:",
        ]
        if let credentials = address.credentials {
            headers.append("authorization: \(Base64.encode(Array(credentials.utf8)))")
        }
        let curl = Settings(
            base: address.base,
            headers: headers,
            certificates: settings.certificates,
            connecting: settings.connectDeadline
        )
        do {
            return try CurlTransport(curl)
        } catch {
            throw RecError(.unreachable, "No connection to Milvus can be made: \((error as? GRPCFault)?.reason ?? "").")
        }
    }

    private let loop: CurlLoop
    private let numbers = Atomic<UInt64>(0)

    /// Starts the thread.
    ///
    /// - Throws: ``GRPCFault`` when the system has none, or its libcurl no HTTP/2.
    init(_ settings: Settings) throws {
        loop = try CurlLoop(settings)
        let loop = self.loop
        guard BackgroundThread.run(niceness: 0, { loop.run() }) else {
            loop.discard()
            throw GRPCFault(.unreachable, "the system has no thread to give")
        }
    }

    deinit { loop.close() }

    func send(_ request: GRPCRequest) async throws -> GRPCReply {
        let number = numbers.add(1, ordering: .relaxed).newValue
        defer { loop.forget(number) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                loop.submit(CurlLoop.Job(number: number, request: request, continuation: continuation))
            }
        } onCancel: {
            loop.cancel(number)
        }
    }
}
#endif
