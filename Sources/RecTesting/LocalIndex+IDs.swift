public import RecCore

extension LocalIndex {
    /// Every identifier, ascending by code points.
    public var ids: [ProductID] { page(after: nil, limit: count) }
}
