public import RecCore

extension PostgresFeed {
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
