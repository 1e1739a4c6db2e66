import Foundation
import RecCore
import RecIndex
import Synchronization

/// What recommendations take beyond the searches of the index, query by query.
struct RecommendationCosts {
    let index: Index

    private static let queryCount = 400

    private typealias Shape = (name: String, change: @Sendable (inout RecommendationQuery) -> Void)

    private static let shapes: [Shape] = [
        ("three likes, one dislike", { _ in }),
        ("with a filter", { $0.filter = .has("gender", "Women") }),
        ("with groups", { $0.groupLimits = [GroupLimit(attribute: "articleType", count: 2)] }),
        ("with diversity", { $0.diversity = 0.3 }),
        ("with a boost", { $0.boosts = [Boost("new", attribute: "year", from: 2011, to: 2018, weight: 0.05)] }),
        (
            "with a filter, diversity and groups",
            {
                $0.filter = .has("gender", "Women")
                $0.diversity = 0.3
                $0.groupLimits = [GroupLimit(attribute: "articleType", count: 2)]
            }
        ),
        ("the nearest of any (best)", { $0.strategy = .best }),
    ]

    /// A Markdown table, line by line.
    var table: [String] {
        get throws {
            let head = [
                "| query | beyond the index, median | p99 | searches of the index, median |", "|---|---:|---:|---:|",
            ]
            return try head + Self.shapes.map(row)
        }
    }

    private func row(_ shape: Shape) throws -> String {
        let ids = index.page(after: nil, count: index.count)
        let timed = TimedIndex(base: index)
        let recommender = Recommender(index: timed)
        var beyond: [Double] = []
        var searches: [Double] = []
        for number in 0..<2 * Self.queryCount {
            func id(_ step: Int) -> ProductID { ids[(number * 7919 + step * 104_729) % ids.count] }
            var query = RecommendationQuery(
                likes: [.product(id(0)), .product(id(1), weight: 2), .product(id(3))],
                dislikes: [.product(id(2))]
            )
            shape.change(&query)
            timed.searching.store(0, ordering: .relaxed)
            let start = ContinuousClock.now
            guard try !recommender.recommend(query).isEmpty else { continue }
            let whole = (ContinuousClock.now - start) / .nanoseconds(1)
            let inside = Double(timed.searching.load(ordering: .relaxed))
            // The first round warms up.
            guard number >= Self.queryCount else { continue }
            beyond.append((whole - inside) / 1e6)
            searches.append(inside / 1e6)
        }
        beyond.sort()
        searches.sort()
        let figures = [beyond[beyond.count / 2], beyond[beyond.count * 99 / 100], searches[searches.count / 2]]
        return "| \(shape.name) | " + figures.map { String(format: "%.2f ms", $0) }.joined(separator: " | ") + " |"
    }
}

/// An index that takes the time of its searches.
private final class TimedIndex: LocalIndex {
    let base: Index
    /// Nanoseconds spent in searches.
    let searching = Atomic<Int>(0)

    init(base: Index) { self.base = base }

    var space: EmbeddingSpace { base.space }
    var count: Int { base.count }
    var attributes: [String] { base.attributes }

    func product(_ id: ProductID) -> Product? { base.product(id) }
    func embedding(of id: ProductID) throws -> Embedding? { try base.embedding(of: id) }
    func page(after id: ProductID?, count limit: Int) -> [ProductID] { base.page(after: id, count: limit) }
    func nearest(_ query: SearchQuery) throws -> [Neighbor] { try timed { try base.nearest(query) } }

    func nearest(toAll queries: [SearchQuery]) throws -> [[Neighbor]] {
        try timed { try base.nearest(toAll: queries) }
    }

    private func timed<Value>(_ body: () throws -> Value) rethrows -> Value {
        let start = ContinuousClock.now
        defer { searching.add(Int((ContinuousClock.now - start) / .nanoseconds(1)), ordering: .relaxed) }
        return try body()
    }
}
