internal import RecCore
internal import RecFiles

/// A connection to a Milvus server, for any number of tasks.
///
/// Calls share few connections of HTTP/2, which are opened when they are needed, and occupy none of the threads that tasks
/// share. When the server cannot be reached or asks for another try, a call is made again, a few times and within its
/// deadline; the calls of an index have the same effect when they are made twice. When a task is cancelled, its call is
/// given up.
public final class MilvusClient: Sendable {
    let address: MilvusAddress
    let settings: Settings
    package let transport: any GRPCTransport

    /// The time between the first and the second attempt, which doubles, and the longest.
    private static let pauses = Duration.milliseconds(100)...Duration.seconds(1)

    package init(_ address: MilvusAddress, settings: Settings = Settings(), transport: any GRPCTransport) {
        self.address = address
        self.settings = settings
        self.transport = transport
    }

    /// The version that the server says it has.
    ///
    /// - Throws: `RecError`: `unreachable`, `deadlineExceeded`, `foreign-server` and others of a connection.
    package func version() async throws -> String {
        try await call(VersionRequest()).version
    }

    /// Makes a call, which may take a time with all its attempts; that of the settings when it is `nil`.
    package func call<Request: MilvusRequest>(
        _ request: Request,
        deadline: Duration? = nil
    ) async throws -> Request.Answer {
        var grpc = GRPCRequest(
            path: "/milvus.proto.milvus.MilvusService/\(Request.method)",
            body: GRPCReply.framed(request.message),
            end: .now + (deadline ?? settings.deadline)
        )
        var pause = Self.pauses.lowerBound
        var attempt = 1
        var strangers = 0
        while true {
            var failure: any CallFailure
            switch await outcome(of: grpc, Request.self) {
            case .success(let answer): return answer
            case .failure(let error):
                guard let known = error as? any CallFailure else { throw error }
                failure = known
            }
            let fault = failure as? GRPCFault
            strangers = fault?.kind == .foreign ? strangers + 1 : 0
            let repetition = Request.isRepeatable ? failure.repetition : .useless
            let isLast = attempt >= settings.attempts && repetition != .untilDeadline
            guard repetition != .useless, !isLast, .now + pause < grpc.end else {
                // What answers while a server comes or goes is believed only when it does so again.
                if let fault, strangers == 1, attempt > 1 { failure = GRPCFault(.unreachable, fault.reason) }
                throw failure.error(of: Request.method, at: self)
            }
            grpc.isFresh = repetition == .onNewConnection
            try await Task.sleep(for: pause)
            pause = min(pause * 2, Self.pauses.upperBound)
            attempt += 1
        }
    }

    private func outcome<Request: MilvusRequest>(
        of request: GRPCRequest,
        _ type: Request.Type
    ) async -> Result<Request.Answer, any Error> {
        do {
            let answer = try await transport.send(request).readMessage { try Request.Answer($0) }
            return answer.status.isGood ? .success(answer) : .failure(answer.status)
        } catch {
            return .failure(error)
        }
    }
}
