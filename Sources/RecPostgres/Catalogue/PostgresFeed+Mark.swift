extension PostgresFeed {
    /// A place in the order of changes, for a consumer to store beside what it made of them.
    public struct Mark: Sendable, Hashable, Codable {
        /// The installation of the feed; marks of another one are of no use.
        let feed: String
        /// The server, the table of the feed's state and the timeline, of which one changes when a copy is restored.
        ///
        /// Marks of older versions have none.
        let origin: String?
        /// The transaction of the last change, and its number.
        let transaction: UInt64
        let number: Int64
    }
}
