/// Answers a query with ``SearchQuery/groups`` by searches without groups, for an index that has no such search of its own.
///
/// ```swift
/// var search = GroupedSearch(query)
/// while let next = search.next() { search.receive(try index.nearest(next)) }
/// return search.answer
/// ```
/// Each further search leaves out the groups that are full, so that it takes few of them unless there are more groups
/// than places.
public struct GroupedSearch: Sendable {
    private let query: SearchQuery
    private var caps: [GroupCap]
    private var asked: Int
    private var isComplete = false

    /// The neighbours so far: the whole answer when ``next()`` is `nil`.
    public private(set) var answer: [Neighbor] = []

    /// How many products are looked at for each that is wanted, as a guess of how many are passed over.
    private static let reserve = 4
    private static let least = 16

    /// Begins a search.
    public init(_ query: SearchQuery) {
        self.query = query
        caps = query.groups
        asked = max(
            query.count.multipliedReportingOverflow(by: Self.reserve).overflow ? .max : query.count * 4,
            Self.least
        )
    }

    /// The next search, without groups and with products in its answer; `nil` when the answer is whole.
    public mutating func next() -> SearchQuery? {
        guard !isComplete, answer.count < query.count else { return nil }
        var next = query.filtered(by: caps.admissible)
        next.groups = []
        next.count = asked
        next.excluded.formUnion(answer.map(\.id))
        next.contents.product = true
        return next
    }

    /// Takes the answer to the search that ``next()`` asked for.
    public mutating func receive(_ neighbors: [Neighbor]) {
        isComplete = neighbors.count < asked
        asked = asked.multipliedReportingOverflow(by: 2).overflow ? .max : asked * 2
        for neighbor in neighbors where answer.count < query.count {
            guard let product = neighbor.product, caps.admit(product) else { continue }
            var admitted = neighbor
            if !query.contents.product { admitted.product = nil }
            answer.append(admitted)
        }
    }
}
