public import RecCore

extension LocalIndex where Snapshot == Index {
    /// The page, found in the columns of the attributes.
    ///
    /// - Throws: As `SimilarityIndex` does.
    /// - Complexity: O(*n*) for a filter, and O(*offset* + *count*) for the page
    public func matches(
        of filter: AttributeFilter?,
        offset: Int,
        count: Int
    ) async throws -> (ids: [ProductID], total: Int) {
        try RecError.requirePage(offset: offset, count: count)
        let parts = snapshot.parts
        if let filter { try RecError.requireKnown(filter.attributes, among: parts.attributes) }
        return try parts.page(matching: filter, offset: offset, count: count)
    }

    /// The values, counted in the column of the attribute.
    ///
    /// - Complexity: O(*n*)
    public func valueCounts(of attribute: String) async throws -> [(value: String, count: Int)] {
        [(value: String, count: Int)](snapshot.parts.valueCounts(of: attribute))
    }
}

extension IndexParts {
    /// A page of the products that match, and the number of all that do.
    fileprivate func page(
        matching filter: AttributeFilter?,
        offset: Int,
        count: Int
    ) throws(RecError) -> (ids: [ProductID], total: Int) {
        let (sum, overflows) = offset.addingReportingOverflow(count)
        let end = overflows ? Int.max : sum
        var lists: [RowList] = []
        var total = 0
        for part in all {
            let selection = try part.selection(for: SearchQuery(Embedding([:]), filter: filter))
            total += selection.matchingCount
            lists.append(RowList(part.segment.products, selection.firstRows(end)))
        }
        var ids: [ProductID] = []
        for position in 0..<min(end, total) {
            guard let next = lists.indices.filter({ !lists[$0].isAtEnd }).min(by: { lists[$0].precedes(lists[$1]) })
            else { break }
            if position >= offset { ids.append(lists[next].id) }
            lists[next].advance()
        }
        return (ids, total)
    }

    /// How many products have each value of an attribute.
    fileprivate func valueCounts(of attribute: String) -> [ByteString: Int] {
        var counts: [ByteString: Int] = [:]
        for part in all {
            guard let column = part.segment.products.columns.first(where: { $0.name == attribute }) else { continue }
            for (value, count) in column.counts(where: part.isLive) where count > 0 {
                counts[ByteString(value), default: 0] += count
            }
        }
        return counts
    }
}

/// Rows of a table, and how many of them were taken.
private struct RowList {
    let products: ProductTable
    let rows: [Int]
    var taken = 0

    init(_ products: ProductTable, _ rows: [Int]) {
        self.products = products
        self.rows = rows
    }

    var isAtEnd: Bool { taken == rows.count }

    var id: ProductID { products.id(of: rows[taken]) }

    mutating func advance() { taken += 1 }

    /// Whether the next product comes before that of another list; neither is at its end.
    func precedes(_ other: RowList) -> Bool {
        products.ids.precedes(rows[taken], other.products.ids, other.rows[other.taken])
    }
}

extension RowSelection {
    /// The first selected rows, ascending.
    fileprivate func firstRows(_ limit: Int) -> [Int] {
        var rows: [Int] = []
        forEachRun(limit: Int.max / 2) { run in
            rows += run.prefix(limit - rows.count)
        }
        return rows
    }
}
