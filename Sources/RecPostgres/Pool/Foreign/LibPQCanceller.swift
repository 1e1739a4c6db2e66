#if Postgres
internal import CRecLibPQ

/// Asks a server to stop what one connection runs.
@safe
final class LibPQCanceller: @unchecked Sendable {
    private let cancel: OpaquePointer

    init(_ cancel: OpaquePointer) { unsafe self.cancel = cancel }

    deinit { unsafe PQfreeCancel(cancel) }

    /// Sends the request over a connection of its own, and waits for as long as the server takes.
    func run() {
        var message = [CChar](repeating: 0, count: 256)
        _ = unsafe PQcancel(cancel, &message, Int32(message.count))
    }
}
#endif
