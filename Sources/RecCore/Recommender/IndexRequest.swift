/// One round trip to an index that a recommendation needs.
enum IndexRequest: Sendable {
    /// Products by identifier, and the names of all attributes where these are needed.
    case lookUp([ProductID], ProductContents, needsAttributes: Bool)
    /// Searches that go together.
    case search([SearchQuery])
}
