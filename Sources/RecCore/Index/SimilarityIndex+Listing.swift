// What every index can do by reading its whole catalogue; those that know a faster way have their own.
extension SimilarityIndex {
    /// The page, found by reading all products.
    ///
    /// - Complexity: O(*n*), with a round trip for each few thousand products
    public func matches(
        of filter: AttributeFilter?,
        offset: Int,
        count: Int
    ) async throws -> (ids: [ProductID], total: Int) {
        try RecError.requirePage(offset: offset, count: count)
        let index = snapshot
        if let filter {
            let names = try await index.attributeNames()
            try RecError.requireKnown(filter.attributes, among: names)
        }
        var matching = try await index.allIDs()
        if let filter {
            let products = try await index.map(matching, ProductContents(product: true)) { $0?.product }
            matching = zip(matching, products).filter { $1.map(filter.matches) ?? false }.map(\.0)
        }
        return (Array(matching.dropFirst(offset).prefix(count)), matching.count)
    }

    /// The values, counted by reading all products.
    ///
    /// - Complexity: O(*n*), with a round trip for each few thousand products
    public func valueCounts(of attribute: String) async throws -> [(value: String, count: Int)] {
        let index = snapshot
        var counts: [ByteString: Int] = [:]
        let ids = try await index.allIDs()
        let values = try await index.map(ids, ProductContents(product: true)) {
            $0?.product?.values(of: attribute) ?? []
        }
        for value in values.joined() { counts[ByteString(value), default: 0] += 1 }
        return [(value: String, count: Int)](counts)
    }
}

extension [(value: String, count: Int)] {
    /// The counted values, most frequent first.
    package init(_ counts: [ByteString: Int]) {
        self = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key.text, $0.value) }
    }
}

extension RecError {
    /// Checks the place of a page in a list.
    ///
    /// - Throws: The error with code `invalidQuery`.
    package static func requirePage(offset: Int, count: Int) throws(RecError) {
        guard offset >= 0, count >= 0 else {
            throw RecError(
                .invalidQuery,
                "The page has the offset \(offset) and \(count) products; neither must be negative."
            )
        }
    }
}
