/// Answers a query with ``SearchQuery/groups`` by searches without groups, for an index without grouped search.
///
/// ```swift
/// var search = GroupedSearch(query)
/// while let next = search.next() { search.receive(try index.nearest(next)) }
/// return search.answer
/// ```
/// Each further search excludes the groups that are full, so few searches are needed unless there are more groups than
/// places.
public struct GroupedSearch: Sendable {
    private let query: SearchQuery
    private var caps: [GroupCap]
    private var asked: Int
    private var isComplete = false

    /// The neighbours so far; the answer is complete when ``next()`` returns `nil`.
    public private(set) var answer: [Neighbor] = []

    /// Products fetched for each that is wanted, since some are skipped.
    private static let reserve = 4
    private static let least = 16

    /// Begins a search.
    public init(_ query: SearchQuery) {
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
    public mutating func next() -> SearchQuery? {
        guard var next = nextBare() else { return nil }
        next.contents = query.contents
        next.contents.product = true
        return next
    }

    /// Takes the answer to the search that ``next()`` returned.
    public mutating func receive(_ neighbors: [Neighbor]) {
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
