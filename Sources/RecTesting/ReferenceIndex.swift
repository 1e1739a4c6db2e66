package import RecCore

/// An index that computes everything the slow way in double precision, to compare others with.
///
/// It shares no code with any real index: blocks are written out as dense vectors, every product is scored, and the
/// scores are sorted.
package struct ReferenceIndex: Sendable {
    /// The space of the embeddings.
    package let space: EmbeddingSpace

    private let items: [EmbeddedProduct]
    /// The blocks of each product written out, with the weights of the space.
    private let sides: [[[Double]?]]
    private let positions: [ProductID: Int]

    /// Creates an index of some products.
    ///
    /// - Precondition: No two have the same identifier.
    package init(space: EmbeddingSpace, products: [EmbeddedProduct]) {
        self.space = space
        items = products
        sides = products.map { Self.sides(of: $0.embedding, in: space, [:]) }
        positions = Dictionary(uniqueKeysWithValues: products.enumerated().map { ($0.element.product.id, $0.offset) })
    }

    /// Every product that the query matches, nearest first, ties by identifier; the query's count is not looked at.
    package func matches(_ query: SearchQuery) -> [Neighbor] {
        let weights = query.weighting.attributes
        let querySides = Self.sides(of: query.embedding, in: space, weights)
        return zip(items, sides).compactMap { item, sides -> Neighbor? in
            let product = item.product
            guard query.filter?.matches(product) ?? true, !query.excluded.contains(product.id) else { return nil }
            let sides = weights.isEmpty ? sides : Self.sides(of: item.embedding, in: space, weights)
            let cosines = Self.cosines(querySides, sides, in: space)
            guard let score = query.weighting.score(cosines), score >= query.minimumScore ?? -.infinity else {
                return nil
            }
            return Neighbor(id: product.id, score: score, cosines: cosines)
        }.sorted { $0.precedes($1) }
    }

    /// The cosines of the blocks that both embeddings have, in double precision.
    package static func cosines(_ first: Embedding, _ second: Embedding, in space: EmbeddingSpace) -> BlockCosines {
        cosines(sides(of: first, in: space, [:]), sides(of: second, in: space, [:]), in: space)
    }

    private static func cosines(_ first: [[Double]?], _ second: [[Double]?], in space: EmbeddingSpace) -> BlockCosines {
        let values = zip(first, second).map { first, second -> Double? in
            guard let first, let second else { return nil }
            var product = 0.0
            for position in first.indices { product += first[position] * second[position] }
            return min(max(product, -1), 1)
        }
        return BlockCosines(names: space.blocks.map(\.name), values: values)
    }

    /// The blocks of an embedding written out, scaled to unit length in double precision; `nil` for one without direction.
    private static func sides(
        of embedding: Embedding,
        in space: EmbeddingSpace,
        _ attributeWeights: [String: Double]
    ) -> [[Double]?] {
        space.blocks.map { block in
            let values: [Double]? =
                switch embedding[block.name]?.form {
                case .dense(let vector): vector.components.map { Double($0) }
                case .oneHot(let codes): unit(codes, attributeWeights)
                case .mixture(let mixture): mixed(mixture, attributeWeights)
                case nil: nil
                }
            return values.flatMap { unit($0) }
        }
    }

    private static func unit(_ values: [Double]) -> [Double]? {
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? values.map { $0 / length } : nil
    }

    /// A one-hot block written out attribute by attribute.
    private static func unit(_ codes: AttributeCodes, _ attributeWeights: [String: Double]) -> [Double]? {
        var values: [Double] = []
        for (attribute, offset) in zip(codes.space.attributes, codes.space.offsets) {
            let isSet = attribute.categories.indices.map { codes.columns.contains(UInt32(offset + $0)) }
            let count = Double(isSet.count { $0 })
            let weight = attributeWeights[attribute.name] ?? attribute.weight
            values += isSet.map { $0 ? (weight / count).squareRoot() : 0 }
        }
        return unit(values)
    }

    private static func mixed(_ mixture: AttributeMixture, _ attributeWeights: [String: Double]) -> [Double]? {
        var sum = [Double](repeating: 0, count: mixture.space.width)
        for term in mixture.terms {
            guard let values = unit(term.codes, attributeWeights) else { continue }
            for position in values.indices { sum[position] += term.weight * values[position] }
        }
        return sum
    }
}

extension ReferenceIndex: LocalIndex {
    /// The number of products.
    package var count: Int { items.count }

    /// The names of the attributes of the products, ascending.
    package var attributes: [String] { Set(items.flatMap(\.product.attributes.keys)).sorted() }

    /// The product of that identifier, or `nil`.
    package func product(_ id: ProductID) -> Product? { positions[id].map { items[$0].product } }

    /// The embedding of that product, or `nil`.
    package func embedding(of id: ProductID) -> Embedding? { positions[id].map { items[$0].embedding } }

    /// The identifiers that follow one.
    ///
    /// - Complexity: O(*n* log *n*) for *n* products
    package func page(after id: ProductID?, count limit: Int) -> [ProductID] {
        Array(positions.keys.filter { other in id.map { $0 < other } ?? true }.sorted().prefix(limit))
    }

    /// The first of ``matches(_:)``.
    ///
    /// - Throws: `RecError` for a query that does not fit.
    /// - Complexity: O(*n* · dimension)
    package func nearest(_ query: SearchQuery) throws -> [Neighbor] {
        try query.validate(in: space, attributes: attributes)
        return Array(matches(query).prefix(query.count))
    }
}
