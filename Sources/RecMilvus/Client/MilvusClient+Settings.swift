internal import RecCore

extension MilvusClient {
    /// How calls are made.
    public struct Settings: Sendable, Hashable {
        /// The longest time from a call to its answer, with all attempts.
        public var deadline: Duration = .seconds(30)

        /// The longest time to connect.
        public var connectDeadline: Duration = .seconds(5)

        /// The most attempts, from 1 to 100, of a call that cannot reach the server or that it asks to repeat.
        public var attempts = 3

        /// The path of a file of certificates to trust instead of those of the system.
        public var certificates: String?

        /// Creates the default settings.
        public init() {}

        func check() throws(RecError) {
            guard deadline > .zero, connectDeadline > .zero else {
                throw RecError(.invalidSetting, "The deadlines of a client of Milvus are greater than 0.")
            }
            guard (1...100).contains(attempts) else {
                throw RecError(
                    .invalidSetting,
                    "A client of Milvus makes 1 to 100 attempts at a call; these are \(attempts)."
                )
            }
        }
    }
}
