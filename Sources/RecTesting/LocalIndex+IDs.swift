package import RecCore

extension LocalIndex {
    /// Every identifier, ascending by code points.
    package var ids: [ProductID] { page(after: nil, count: count) }
}
