/// One round trip to an index that a recommendation needs.
enum IndexRequest: Sendable {
    /// Products by identifier, and the names of all attributes where these are needed.
    case lookUp([ProductID], ProductContents, needsAttributes: Bool)
    /// Searches in one call.
    case search([SearchQuery])
}
