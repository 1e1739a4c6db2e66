public import RecCore

extension RecError.Code {
    /// A text holds the character NUL, which PostgreSQL cannot store.
    package static let invalidText = RecError.Code("invalid-text", .invalidRequest)
    /// A client returned values of another type or format than the statement asks for.
    package static let unexpectedAnswer = RecError.Code("unexpected-answer", .internal)
    /// All connections of a pool are in use, and its queue is full; try again later.
    package static let connectionsBusy = RecError.Code("connections-busy", .busy)
    /// A feed of changes is not installed, or a mark is of no use to it.
    public static let feedUnavailable = RecError.Code("feed-unavailable", .conflict)
}
