internal import RecCore
internal import RecFiles

/// A connection to a Milvus server, for any number of tasks.
///
/// Calls share few connections of HTTP/2, which are opened when they are needed, and occupy none of the threads that tasks
/// share. When the server cannot be reached or asks for another try, a call is repeated until its deadline; the calls of an
/// index have the same effect when they are made twice. When a task is cancelled, its call is given up.
public final class MilvusClient: Sendable {
    let address: MilvusAddress
    let settings: Settings
    package let transport: any GRPCTransport

    /// The time between the first and the second attempt; it doubles.
    private static let pause = Duration.milliseconds(100)

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
            deadline: .zero
        )
        let clock = ContinuousClock()
        let end = clock.now + (deadline ?? settings.deadline)
        var pause = Self.pause
        var attempt = 1
        while true {
            grpc.deadline = end - clock.now
            let outcome = await outcome(of: grpc, Request.self)
            switch outcome {
            case .answer(let answer): return answer
            case .failure(let error, let mayRepeat):
                guard mayRepeat, Request.isRepeatable, attempt < settings.attempts, clock.now + pause < end else {
                    throw error
                }
                grpc.isFresh = (error as? RecError)?.code == .unreachable
            }
            try await Task.sleep(for: pause)
            pause *= 2
            attempt += 1
        }
    }

    private enum Outcome<Answer> {
        case answer(Answer)
        case failure(any Error, mayRepeat: Bool)
    }

    private func outcome<Request: MilvusRequest>(
        of request: GRPCRequest,
        _ type: Request.Type
    ) async -> Outcome<Request.Answer> {
        do {
            guard request.deadline > .zero else { throw GRPCFault(.deadline, "") }
            let message = try await transport.send(request).message
            let answer = try message.withBytes { try Request.Answer($0) }
            guard !answer.status.isGood else { return .answer(answer) }
            return .failure(error(answer.status, Request.method), mayRepeat: answer.status.mayPass)
        } catch let fault as GRPCFault {
            return .failure(error(fault), mayRepeat: fault.kind == .unreachable)
        } catch let status as GRPCStatus {
            return .failure(error(status), mayRepeat: status.code == GRPCStatus.unavailable)
        } catch let damage as ProtobufDamage {
            let error = RecError(
                .foreignServer,
                "What answers at \(address) sent no message of Milvus: \(damage.reason)"
            )
            return .failure(error, mayRepeat: false)
        } catch {
            return .failure(error, mayRepeat: false)
        }
    }
}
