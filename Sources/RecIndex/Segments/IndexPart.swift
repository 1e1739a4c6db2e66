internal import RecCore

/// A segment of an index, with its live products.
struct IndexPart: Sendable {
    /// The products, including dead ones.
    let segment: Segment

    /// The file of a live index that the segment is in; `nil` when it is in memory, or a file of its own.
    let file: SegmentFile?

    /// The live rows; `nil` when all are live.
    private(set) var live: LiveRows?

    /// - Precondition: There is a flag for each row, if there are any.
    init(_ segment: Segment, file: SegmentFile? = nil, isLive: RowFlags? = nil) {
        precondition(isLive.map { $0.count == segment.count } ?? true, "a flag for each row")
        self.segment = segment
        self.file = file
        live = isLive.flatMap { $0.setCount == segment.count ? nil : LiveRows($0, slots: segment.codes?.codes.rows) }
    }

    /// The identity of the part in its index.
    var id: SegmentID { segment.id }

    /// The number of live products.
    var liveCount: Int { live?.count ?? segment.count }

    /// The number of dead products.
    var deadCount: Int { segment.count - liveCount }

    /// Whether the product of a row is live.
    func isLive(_ row: Int) -> Bool { live?.flags[row] ?? true }

    /// The row of a live product, or `nil` when the part does not have it.
    func row(of id: ProductID) -> Int? {
        segment.products.row(of: id).flatMap { isLive($0) ? $0 : nil }
    }

    /// Marks products as dead.
    ///
    /// - Complexity: O(number of rows) for the first product, then O(log *n*) for each.
    mutating func remove(_ ids: [ProductID]) {
        for id in ids {
            guard let row = row(of: id) else { continue }
            if live == nil {
                live = LiveRows(RowFlags(repeating: true, count: segment.count), slots: segment.codes?.codes.rows)
            }
            live?.remove(row)
        }
    }

    /// The products that were live in `earlier`, a previous state of the same part, and are now dead.
    func removed(since earlier: IndexPart) -> [ProductID] {
        guard liveCount != earlier.liveCount else { return [] }
        return (0..<segment.count).filter { !isLive($0) && earlier.isLive($0) }.map { segment.products.id(of: $0) }
    }

    /// Whether a live product has this attribute.
    func has(_ attribute: String) -> Bool {
        guard let column = segment.products.columns.first(where: { $0.name == attribute }) else { return false }
        return live == nil || (0..<segment.count).contains { column.hasValue($0) && isLive($0) }
    }

    /// The rows for a query.
    ///
    /// - Throws: `RecError`, never for an attribute that the part lacks.
    func selection(for query: SearchQuery) throws(RecError) -> RowSelection {
        let excluded = query.excluded.compactMap { segment.products.row(of: $0) }
        guard let filter = query.filter else {
            return live.map { RowSelection($0, excluded: excluded) }
                ?? RowSelection(count: segment.count, isSelected: nil, excluded: excluded)
        }
        let known = filter.restricted(to: segment.products.columns.map(\.name))
        var matching = RowFlags(try segment.products.rows(matching: known))
        if let live { matching.formIntersection(live.flags) }
        return RowSelection(count: segment.count, isSelected: matching, excluded: excluded)
    }
}
