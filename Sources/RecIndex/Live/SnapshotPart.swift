internal import RecCore

/// A segment of a live index and which of its products count.
struct SnapshotPart: Sendable {
    /// Tells the parts of one index apart while it is open.
    let number: Int

    /// The products, those that no longer count included.
    let segment: Segment

    /// The file that the segment is in; `nil` when it is in memory and its changes in the log.
    let file: SegmentFile?

    /// A flag for each row that says whether the product counts; `nil` when all do.
    private(set) var isLive: [Bool]?

    /// The number of products that count.
    private(set) var liveCount: Int

    init(number: Int, segment: Segment, file: SegmentFile? = nil, isLive: [Bool]? = nil) {
        self.number = number
        self.segment = segment
        self.file = file
        liveCount = isLive?.count { $0 } ?? segment.count
        self.isLive = liveCount == segment.count ? nil : isLive
    }

    /// The number of products that no longer count.
    var deadCount: Int { segment.count - liveCount }

    /// The row of a product, or `nil` when the part has no such product that counts.
    func row(of id: ProductID) -> Int? {
        segment.products.row(of: id).flatMap { isLive?[$0] == false ? nil : $0 }
    }

    /// Makes products count no longer.
    ///
    /// - Complexity: O(number of rows) for the first product, then O(log *n*) for each.
    mutating func remove(_ ids: [ProductID]) {
        for id in ids {
            guard let row = row(of: id) else { continue }
            if isLive == nil { isLive = [Bool](repeating: true, count: segment.count) }
            isLive?[row] = false
            liveCount -= 1
        }
    }

    /// The products that counted in `earlier`, the same part at another time, and do so no longer.
    func removed(since earlier: SnapshotPart) -> [ProductID] {
        guard let isLive, liveCount != earlier.liveCount else { return [] }
        return isLive.indices.filter { !isLive[$0] && earlier.isLive?[$0] != false }.map { segment.products.id(of: $0) }
    }

    /// Whether a product that counts has this attribute.
    func has(_ attribute: String) -> Bool {
        guard let column = segment.products.columns.first(where: { $0.name == attribute }) else { return false }
        return (0..<segment.count).contains { column.hasValue($0) && isLive?[$0] != false }
    }

    /// The rows that a query looks at.
    ///
    /// - Throws: `RecCoreError`, never for an attribute that the part lacks.
    func selection(for query: SearchQuery) throws(RecCoreError) -> RowSelection {
        var isSelected = isLive
        if let filter = query.filter {
            var matching = try segment.products.rows(
                matching: filter.restricted(to: segment.products.columns.map(\.name))
            )
            if let isLive {
                for row in matching.indices where !isLive[row] { matching[row] = false }
            }
            isSelected = matching
        }
        return RowSelection(
            count: segment.count,
            isSelected: isSelected,
            excluded: query.excluded.compactMap { segment.products.row(of: $0) }
        )
    }
}
