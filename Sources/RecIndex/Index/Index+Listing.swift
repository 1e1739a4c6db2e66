public import RecCore

extension LocalIndex where Snapshot == Index {
    /// The page, found in the columns of the attributes.
    ///
    /// - Throws: As `SimilarityIndex` does.
    /// - Complexity: O(*n*) for a filter, and O(*p* log *p*) for a page that ends at the *p*th product
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
        var total = 0
        var ids: [ProductID] = []
        for part in all {
            let selection = try part.selection(for: SearchQuery(Embedding([:]), filter: filter))
            total += selection.matchingCount
            ids += selection.firstRows(end).map { part.segment.products.id(of: $0) }
        }
        if all.count > 1 { ids.sort() }
        return (Array(ids.prefix(end).dropFirst(offset)), total)
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
