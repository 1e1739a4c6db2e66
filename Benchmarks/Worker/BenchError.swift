/// A command that cannot be carried out, in words.
struct BenchError: Error {
    /// What was wrong with which thing.
    let message: String

    /// An error with a message.
    init(_ message: String) {
        self.message = message
    }
}
