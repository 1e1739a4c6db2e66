/// Issues of one sort: exact counts of all, and a list of the first ones.
///
/// The list is complete up to a limit, so that a file with every row damaged does not fill the memory.
public struct CatalogueIssues: Sendable, Hashable, Codable {
    /// The largest number of issues that are kept in `listed`.
    package let listLimit: Int

    /// The issues in the order of the source; complete up to the limit.
    public private(set) var listed: [CatalogueIssue] = []

    /// The number of issues of each kind, listed or not.
    package private(set) var countByKind: [CatalogueIssue.Kind: Int] = [:]

    /// Creates an empty list.
    ///
    /// - Precondition: `listLimit` is not negative.
    package init(listLimit: Int = 100_000) {
        precondition(listLimit >= 0, "listLimit must not be negative")
        self.listLimit = listLimit
    }

    /// The number of all issues, listed or not.
    package var count: Int { countByKind.values.reduce(0, +) }

    /// Whether there are none.
    package var isEmpty: Bool { countByKind.isEmpty }

    /// Adds an issue.
    package mutating func append(_ issue: CatalogueIssue) {
        countByKind[issue.kind, default: 0] += 1
        if listed.count < listLimit { listed.append(issue) }
    }

    /// The counts as text, most frequent first: `22 joined-fields, 1 short-row`.
    package var summary: String {
        countByKind
            .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { "\($0.value) \($0.key.rawValue)" }
            .joined(separator: ", ")
    }
}
