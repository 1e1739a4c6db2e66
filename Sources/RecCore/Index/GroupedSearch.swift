extension SearchQuery {
    /// Answers the query by searches without ``groups``, for an index that cannot limit groups.
    ///
    /// ```swift
    /// func search(_ queries: [SearchQuery]) async throws -> [[Neighbor]] {
    ///     var answers: [[Neighbor]] = []
    ///     for query in queries { answers.append(try await query.grouped { try await nearest($0) }) }
    ///     return answers
    /// }
    /// ```
    /// - Parameter search: Answers a query without groups, with the products if its ``contents`` say so. It is called once
    ///   for a query without groups, and as often as needed for one with them.
    /// - Returns: The answer.
    /// - Throws: The errors of `search`; `CancellationError` soon after the task is cancelled.
    public func grouped(_ search: (SearchQuery) async throws -> [Neighbor]) async throws -> [Neighbor] {
        guard !groups.isEmpty else { return try await search(self) }
        var steps = GroupedSearch(self)
        while let next = steps.next() {
            try Task.checkCancellation()
            steps.receive(try await search(next))
        }
        return steps.answer
    }
}

/// Answers a query with ``SearchQuery/groups`` by searches without groups, for an index without grouped search.
///
/// Each further search excludes the groups that are full, so few searches are needed unless there are more groups than
/// places.
package struct GroupedSearch: Sendable {
    private let query: SearchQuery
    private var caps: [GroupCap]
    private var asked: Int
    private var isComplete = false

    /// The neighbours so far; the answer is complete when ``next()`` returns `nil`.
    package private(set) var answer: [Neighbor] = []

    /// Products fetched for each that is wanted, since some are skipped.
    private static let reserve = 4
    private static let least = 16

    /// Begins a search.
    package init(_ query: SearchQuery) {
        self.init(query, fetching: Self.least)
    }

    /// Begins a search whose first step fetches a number of products at least.
    package init(_ query: SearchQuery, fetching least: Int) {
        self.query = query
        caps = query.groups
        asked = max(
            query.count.multipliedReportingOverflow(by: Self.reserve).overflow ? .max : query.count * Self.reserve,
            least
        )
    }

    /// The next search, without groups and with products in its answer; `nil` when the answer is complete.
    package mutating func next() -> SearchQuery? {
        guard var next = nextBare() else { return nil }
        next.contents = query.contents
        next.contents.product = true
        return next
    }

    /// Takes the answer to the search that ``next()`` returned.
    package mutating func receive(_ neighbors: [Neighbor]) {
        receive(neighbors) { $0.product }
    }

    /// The next search, for identifiers only.
    mutating func nextBare() -> SearchQuery? {
        guard !isComplete, answer.count < query.count else { return nil }
        var next = query.filtered(by: caps.admissible)
        next.groups = []
        next.contents = .none
        next.count = asked
        next.excluded.formUnion(answer.map(\.id))
        return next
    }

    /// Takes an answer, and fetches the products of as many neighbours as are needed.
    mutating func receive(_ neighbors: [Neighbor], product: (Neighbor) -> Product?) {
        isComplete = neighbors.count < asked
        asked = asked.multipliedReportingOverflow(by: 2).overflow ? .max : asked * 2
        for neighbor in neighbors {
            guard answer.count < query.count else { return }
            guard let product = product(neighbor), caps.admit(product) else { continue }
            var admitted = neighbor
            admitted.product = query.contents.product ? product : nil
            answer.append(admitted)
        }
    }
}
