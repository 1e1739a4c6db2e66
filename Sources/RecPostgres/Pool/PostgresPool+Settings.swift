#if Postgres
internal import RecCore

extension PostgresPool {
    /// How many connections a pool has, and how long it waits.
    public struct Settings: Sendable, Hashable {
        /// The most connections, from 1 to 1,000; each has a thread while it runs statements.
        public var connections = 8

        /// The most callers that wait for a connection; those beyond get an error at once.
        public var waiting = 1_000

        /// The longest time to connect; resolving a host's name is not part of it, which the system limits.
        public var connectDeadline: Duration = .seconds(5)

        /// The longest time from a call to its answer, with the waiting for a connection.
        public var deadline: Duration = .seconds(30)

        /// Creates the default settings.
        public init() {}

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
