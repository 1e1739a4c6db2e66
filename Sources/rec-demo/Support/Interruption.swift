import Dispatch
import Foundation

/// Turns Ctrl-C and the end of a service into cancellation, so that long work stops in good order.
enum Interruption {
    /// Runs `body` in a task that is cancelled by SIGINT or SIGTERM.
    static func cancelling(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let task = Task { try await body() }
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { task.cancel() }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        try await task.value
    }
}
