/// One search: an embedding, a count, a ranking formula and the eligible products.
public struct SearchQuery: Sendable {
    /// The embedding to search for.
    public var embedding: Embedding

    /// The number of neighbours wanted; the answer has exactly the smaller of this and the number that match.
    public var count: Int

    /// How the cosines of the blocks become a score.
    public var weighting: Weighting

    /// A condition on the products of the answer; `nil` for all products.
    public var filter: AttributeFilter?

    /// Products that must not be in the answer, whether or not they exist.
    public var excluded: Set<ProductID>

    /// The least score of a neighbour; `nil` for no limit.
    public var minimumScore: Double?

    /// Limits on products with equal attributes; all of them apply.
    public var groups: [GroupCap]

    /// The contents of the neighbours beside identifier, score and cosines.
    public var contents: ProductContents

    /// Creates a query.
    public init(
        _ embedding: Embedding,
        count: Int = 10,
        weighting: Weighting = .standard,
        filter: AttributeFilter? = nil,
        excluded: Set<ProductID> = [],
        minimumScore: Double? = nil,
        groups: [GroupCap] = [],
        contents: ProductContents = .none
    ) {
        self.embedding = embedding
        self.count = count
        self.weighting = weighting
        self.filter = filter
        self.excluded = excluded
        self.minimumScore = minimumScore
        self.groups = groups
        self.contents = contents
    }
}

extension SearchQuery {
    /// Checks the rules that every index enforces.
    ///
    /// - Parameters:
    ///   - space: The space of the index.
    ///   - attributes: The attributes of its products.
    /// - Throws: ``RecError``, as ``SimilarityIndex/search(_:)`` does.
    /// - Complexity: O(number of blocks and attributes)
    public func validate(in space: EmbeddingSpace, attributes: @autoclosure () -> [String]) throws(RecError) {
        try space.validate(embedding)
        guard count >= 0 else {
            throw RecError(.invalidQuery, "\(count) neighbours were asked for; the count must not be negative.")
        }
        guard minimumScore?.isNaN != true else {
            throw RecError(.invalidQuery, "The least score is not a number.")
        }
        guard groups.allSatisfy({ $0.count > 0 }) else {
            throw RecError(.invalidQuery, "A group limit must let one product of each group through at least.")
        }
        try space.validate(weighting)
        try RecError.requireKnown((filter?.attributes ?? []).union(groups.map(\.attribute)), among: attributes())
    }

    /// The query with one more filter.
    package func filtered(by other: AttributeFilter?) -> SearchQuery {
        guard let other else { return self }
        var query = self
        query.filter = filter.map { .all([$0, other]) } ?? other
        return query
    }
}

extension RecError {
    /// Checks that products have attributes of some names, which are compared by code points, as a database does.
    ///
    /// - Throws: The error with code `unknownAttribute` for the first that none has.
    package static func requireKnown(
        _ names: Set<String>,
        among attributes: @autoclosure () -> [String]
    ) throws(RecError) {
        guard !names.isEmpty else { return }
        let known = attributes()
        let present = Set(known.map { ByteString($0) })
        for name in names.sorted() where !present.contains(ByteString(name)) {
            throw unknownAttribute(name, known: known)
        }
    }

    /// The error for an attribute that no product has; it lists the known ones, 64 at most.
    package static func unknownAttribute(_ name: String, known: [String]) -> RecError {
        let others = known.count > 64 ? " and \(known.count - 64) more" : ""
        return RecError(
            .unknownAttribute,
            "No product has an attribute '\(name)'; the index knows: \(known.prefix(64).joined(separator: ", "))\(others)."
        )
    }
}
