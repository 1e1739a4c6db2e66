internal import RecCore

extension PostgresFailure {
    /// Whether the same statements may succeed when they run again.
    var isTransient: Bool { ["40001", "40P01", "23505"].contains(state) }

    /// Whether the server starts, stops or has no connection left, so that the same statements may succeed later.
    var isOutage: Bool { state.hasPrefix("08") || state.hasPrefix("57P") || state == "53300" }

    /// Whether an error says that the database cannot answer at the moment, so that a statement that only reads is worth
    /// another attempt.
    package static func isPassing(_ error: any Error) -> Bool {
        switch error {
        case let error as RecError: error.kind == .busy
        case let failure as PostgresFailure: failure.isOutage || failure.isTransient
        default: false
        }
    }
}
