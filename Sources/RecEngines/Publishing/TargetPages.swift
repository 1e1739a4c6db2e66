internal import RecCore

/// The products of a target in ascending order, read page by page.
struct TargetPages<Target: PublishTarget> {
    private let target: Target
    private let pageSize: Int
    private var waiting: ArraySlice<PublishedProduct> = []
    private var last: ProductID?
    private var isEnd = false

    init(_ target: Target, pageSize: Int) {
        self.target = target
        self.pageSize = pageSize
    }

    /// The next products up to an identifier, or all that are left.
    mutating func take(through end: ProductID?) async throws -> [PublishedProduct] {
        var taken: [PublishedProduct] = []
        while true {
            let part = waiting.prefix { product in end.map { product.id <= $0 } ?? true }
            taken += part
            waiting = waiting.dropFirst(part.count)
            guard waiting.isEmpty, !isEnd else { return taken }
            let page = try await target.digests(after: last, count: pageSize)
            isEnd = page.count < pageSize
            last = page.last?.id ?? last
            waiting = page[...]
        }
    }
}
