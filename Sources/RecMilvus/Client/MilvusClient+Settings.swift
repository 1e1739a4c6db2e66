internal import RecCore

extension MilvusClient {
    /// How calls are made.
    public struct Settings: Sendable, Hashable {
        package var deadline: Duration
        package var connectDeadline: Duration
        package var attempts: Int
        package var certificates: String?

        /// Creates settings; they are checked when a client is made.
        ///
        /// - Parameters:
        ///   - deadline: The longest time from a call to its answer, with all attempts; then it throws
        ///     `deadline-exceeded`.
        ///   - connectDeadline: The longest time to connect; then the attempt has not reached the server.
        ///   - attempts: The most attempts, from 1 to 100, of a call that cannot reach the server or that it asks to
        ///     repeat.
        ///   - certificates: The path of a file of certificates to trust instead of those of the system.
        public init(
            deadline: Duration = .seconds(30),
            connectDeadline: Duration = .seconds(5),
            attempts: Int = 3,
            certificates: String? = nil
        ) {
            self.deadline = deadline
            self.connectDeadline = connectDeadline
            self.attempts = attempts
            self.certificates = certificates
        }

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
