import RecCompute
import RecFiles
import RecMilvus

/// Counts the waves of calls of a client: calls of one wave overlap, and each wave waits for the one before.
///
/// A call that failed and that the client repeats belongs to no wave of its own.
final class RoundTrips: GRPCTransport {
    private struct State {
        var waves: [[String]] = []
        var running = 0
        /// The bodies of calls that failed.
        var failed: Set<[UInt8]> = []
    }

    private let transport: any GRPCTransport
    private let state = LockedValue(State())

    init(_ transport: any GRPCTransport) { self.transport = transport }

    /// The number of waves so far.
    var waves: Int { state.withLock { $0.waves.count } }

    /// The methods of the last waves, and what was said against them.
    var last: [[String]] { state.withLock { $0.waves.suffix(6) } }

    func send(_ request: GRPCRequest) async throws -> GRPCReply {
        state.withLock { state in
            let isAgain = state.failed.remove(request.body) != nil
            if state.waves.isEmpty || state.running == 0 && !isAgain { state.waves.append([]) }
            state.waves[state.waves.count - 1].append(String(request.path.split(separator: "/").last ?? ""))
            state.running += 1
        }
        let result: Result<GRPCReply, any Error>
        do {
            // Calls that are made together begin together, before the first one ends.
            try await Task.sleep(for: .milliseconds(50))
            result = .success(try await transport.send(request))
        } catch {
            result = .failure(error)
        }
        let fault: String?
        do {
            let status = try result.get().readMessage { try QueryRequest.Answer($0).status }
            fault = status.isGood ? nil : "\(status.code) \(status.reason)"
        } catch {
            fault = "\(error)"
        }
        state.withLock { state in
            state.running -= 1
            guard let fault else { return }
            state.failed.insert(request.body)
            state.waves[state.waves.count - 1].append(fault)
        }
        return try result.get()
    }
}
