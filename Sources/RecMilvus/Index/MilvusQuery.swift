internal import RecCore

/// A query prepared for the vectors of a collection.
struct MilvusQuery: Sendable {
    /// Products that are compared by the same blocks and factors: one search.
    struct Group: Sendable {
        /// The vector whose inner product with that of a product is the score.
        let vector: [Float]
        /// The condition for the products; empty for all.
        let filter: String
        /// How far a score of the server may be from that of a local index.
        let error: Double
    }

    /// The most groups of one query.
    private static let mostGroups = 256

    private let layout: MilvusLayout
    private let weights: [Double]
    /// For each block the components of the query, scaled by what one weight of attributes is to another.
    private let sides: [[(position: Int, value: Double)]]
    /// For each block of codes whose weights the query replaces, those of the space and of the query.
    private let replaced: [(stored: [Double], wanted: [Double])?]

    /// Whether the weights of attributes are other than those of the space.
    var replacesWeights: Bool { replaced.contains { $0 != nil } }

    /// Whether only blocks of codes have a weight.
    let comparesCodesOnly: Bool

    /// Prepares a query.
    ///
    /// - Precondition: It fits the space and has no formula of its own.
    /// - Throws: `RecError` with code `unsupportedQuery`.
    init(_ query: SearchQuery, _ layout: MilvusLayout) throws(RecError) {
        self.layout = layout
        weights = layout.space.blocks.map { query.weighting.blocks[$0.name] }
        var sides: [[(position: Int, value: Double)]] = []
        var replaced: [(stored: [Double], wanted: [Double])?] = []
        for block in layout.space.blocks {
            guard let form = query.embedding[block.name]?.form else {
                sides.append([])
                replaced.append(nil)
                continue
            }
            switch form {
            case .dense(let vector):
                sides.append(vector.components.enumerated().map { ($0.offset, Double($0.element)) })
                replaced.append(nil)
            case .oneHot(let codes):
                let weights = Weights(codes.space, query.weighting)
                let values = codes.components(weights: weights.wanted)
                sides.append(try weights.side(zip(codes.columns, values).map { (Int($0), $1) }, codes.space))
                replaced.append(weights.replaced)
            case .mixture(let mixture):
                let weights = Weights(mixture.space, query.weighting)
                let sum = mixture.sum(weights: weights.wanted)
                let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
                let values = length > 0 ? sum.enumerated().map { ($0.offset, $0.element / length) } : []
                sides.append(try weights.side(values, mixture.space))
                replaced.append(weights.replaced)
            }
        }
        self.sides = sides
        self.replaced = replaced
        let pairs = zip(weights, layout.space.blocks)
        comparesCodesOnly = pairs.allSatisfy { $0 == 0 || $1.recipe == nil }
    }

    /// The weights of the attributes of a block.
    private struct Weights {
        let stored: [Double]
        let wanted: [Double]

        init(_ space: AttributeSpace, _ weighting: Weighting) {
            stored = space.weights(replacing: [:])
            wanted = space.weights(replacing: weighting.attributes)
        }

        var replaced: (stored: [Double], wanted: [Double])? { stored == wanted ? nil : (stored, wanted) }

        /// The components that are not zero, for vectors with the stored weights.
        func side(
            _ values: [(position: Int, value: Double)],
            _ space: AttributeSpace
        ) throws(RecError) -> [(position: Int, value: Double)] {
            let present = values.filter { $0.value != 0 }
            guard stored != wanted else { return present }
            let owner = space.attributeOfColumn
            var side: [(position: Int, value: Double)] = []
            for (position, value) in present {
                let attribute = owner[position]
                guard stored[attribute] > 0 else {
                    throw RecError(
                        .unsupportedQuery,
                        "Attribute '\(space.attributes[attribute].name)' has the weight 0 in the space of the collection, "
                            + "so its vectors lack it and no query can give it another. Build the index with a weight."
                    )
                }
                side.append((position, value * (wanted[attribute] / stored[attribute]).squareRoot()))
            }
            return side
        }
    }

    // MARK: Groups

    /// The blocks that are compared and the factor of each; equal for the products of a group.
    private struct Key: Hashable {
        let factors: [Double?]
    }

    /// The searches for products of some patterns.
    func groups(patterns: [Int64]) throws(RecError) -> [Group] {
        try groups(MilvusRow.Field.pattern, patterns.map { ($0, key(pattern: $0, attributes: nil)) })
    }

    /// The searches for products of some shapes.
    func groups(shapes: [Int64: MilvusShape]) throws(RecError) -> [Group] {
        try groups(
            MilvusRow.Field.shape,
            shapes.sorted { $0.key < $1.key }.map { ($0.key, key(pattern: $0.value.pattern, attributes: $0.value)) }
        )
    }

    private func groups(_ field: String, _ kinds: [(number: Int64, key: Key?)]) throws(RecError) -> [Group] {
        var numbers: [Key: [Int64]] = [:]
        var keys: [Key] = []
        for (number, key) in kinds {
            guard let key else { continue }
            if numbers[key] == nil { keys.append(key) }
            numbers[key, default: []].append(number)
        }
        guard keys.count <= Self.mostGroups else {
            throw RecError(
                .unsupportedQuery,
                "Products of this collection lack attributes in \(keys.count) different ways, and a query with weights of "
                    + "its own needs a search for each; \(Self.mostGroups) are allowed. Search with the weights of the space."
            )
        }
        let isOne = keys.count == 1 && kinds.allSatisfy { $0.key != nil }
        return keys.map { key in
            let vector = vector(key)
            let length = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
            return Group(
                vector: vector,
                filter: isOne ? "" : MilvusExpression.isOne(field, of: numbers[key] ?? []),
                error: layout.scoreError * max(1, Double(weights.count).squareRoot() * length)
            )
        }
    }

    /// How products of a kind are compared; `nil` when they share no block of positive weight with the query.
    private func key(pattern: Int64, attributes shape: MilvusShape?) -> Key? {
        guard let blocks = layout.blocks(ofPattern: pattern) else { return nil }
        let factors = weights.indices.map { position -> Double? in
            guard weights[position] > 0, !sides[position].isEmpty, blocks >> Int64(position) & 1 == 1 else {
                return nil
            }
            guard let replaced = replaced[position], let shape else { return 1 }
            let present = shape.attributes[position]
            let stored = present.reduce(0) { $0 + replaced.stored[$1] }
            let wanted = present.reduce(0) { $0 + replaced.wanted[$1] }
            return wanted > 0 ? (stored / wanted).squareRoot() : nil
        }
        return factors.contains { $0 != nil } ? Key(factors: factors) : nil
    }

    private func vector(_ key: Key) -> [Float] {
        let total = weights.indices.reduce(0) { $0 + (key.factors[$1] == nil ? 0 : weights[$1]) }
        var vector = [Float](repeating: 0, count: layout.dimension)
        for (position, factor) in key.factors.enumerated() {
            guard let factor else { continue }
            let scale = weights[position] / total * factor
            let offset = layout.offsets[position]
            for (place, value) in sides[position] { vector[offset + place] = Float(value * scale) }
        }
        return vector
    }
}
