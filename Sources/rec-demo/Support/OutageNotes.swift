#if Postgres
import RecCompute

/// Reports an outage of a server at most every 30 seconds, for any number of waiting tasks.
final class OutageNotes: Sendable {
    private let what: String
    private let last = LockedValue<ContinuousClock.Instant?>(nil)
    private static let interval = Duration.seconds(30)

    /// - Parameter what: What is waited for.
    init(_ what: String) {
        self.what = what
    }

    /// Takes the error of an attempt.
    func note(_ error: any Error) {
        let isDue = last.withLock { last in
            guard last.map({ .now - $0 >= Self.interval }) ?? true else { return false }
            last = .now
            return true
        }
        if isDue { Console.note("Waiting for \(what): \(error)") }
    }
}
#endif
