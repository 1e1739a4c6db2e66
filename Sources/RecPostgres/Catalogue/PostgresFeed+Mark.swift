public import RecCore

extension PostgresFeed {
    /// A place in the order of changes, for a consumer to store beside what it made of them.
    public struct Mark: Sendable, Hashable, Codable {
        /// The installation of the feed; marks of another one are of no use.
        let feed: String
        /// The transaction of the last change, and its number.
        let transaction: UInt64
        let number: Int64
    }

    /// Products that changed after a mark.
    public struct Changes: Sendable {
        /// The changed and new products, as they are now, each once.
        public let products: [Product]

        /// The products that are gone, each once.
        public let removed: [ProductID]

        /// The mark after these changes.
        public let mark: Mark

        /// Whether there are more at this moment.
        public let hasMore: Bool
    }
}
