/// One round trip to an index that a recommendation needs.
enum IndexRequest: Sendable {
    /// Products by identifier, and whether products have some attributes.
    case lookUp([ProductID], ProductContents, attributes: Set<String>)
    /// Searches in one call.
    case search([SearchQuery])
}
