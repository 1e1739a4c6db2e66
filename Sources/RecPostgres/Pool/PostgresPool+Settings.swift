#if Postgres
internal import RecCore

extension PostgresPool {
    /// How many connections a pool has, and how long it waits.
    public struct Settings: Sendable, Hashable {
        package var connections: Int
        package var waiting: Int
        package var connectDeadline: Duration
        package var deadline: Duration

        /// Creates settings; they are checked when a pool is made.
        ///
        /// - Parameters:
        ///   - connections: The most connections, from 1 to 1,000; each has a thread while it runs statements.
        ///   - waiting: The most callers that wait for a connection; those beyond get an error at once.
        ///   - connectDeadline: The longest time to connect, then the call throws `unreachable`; resolving a host's name
        ///     is not part of it, which the system limits.
        ///   - deadline: The longest time from a call to its answer, with the waiting for a connection; then the call
        ///     throws `deadline-exceeded`.
        public init(
            connections: Int = 8,
            waiting: Int = 1_000,
            connectDeadline: Duration = .seconds(5),
            deadline: Duration = .seconds(30)
        ) {
            self.connections = connections
            self.waiting = waiting
            self.connectDeadline = connectDeadline
            self.deadline = deadline
        }

        func check() throws(RecError) {
            guard (1...1_000).contains(connections) else {
                throw RecError(.invalidSetting, "a pool has 1 to 1000 connections, not \(connections)")
            }
            guard waiting >= 0 else {
                throw RecError(.invalidSetting, "the number of callers that wait for a connection is not negative")
            }
            guard connectDeadline > .zero, deadline > .zero else {
                throw RecError(.invalidSetting, "the deadlines of a pool are greater than 0")
            }
        }
    }
}
#endif
