internal import RecCore
internal import RecFiles
internal import RecIndex

/// The score of a query in SQL, and how far it may be from that of the kernels.
struct Ranking: Sendable {
    /// The query's side of a block with a weight.
    private enum Side: Sendable {
        case dense([UInt8])
        /// The query's vector, and the weights of the attributes behind it, as sparse vectors.
        case oneHot(query: [UInt8], weights: [UInt8])
    }

    private struct Active: Sendable {
        let position: Int
        let weight: Double
        let side: Side
    }

    /// The greatest weight of an attribute, as SQL has it; the least that single precision then holds.
    private static let greatest = 0x1p40
    private static let least = 0x1p-80

    private let layout: TableLayout
    private let active: [Active]

    /// A bound of the difference between a score of SQL and one of the kernels.
    ///
    /// A dot product of *n* terms in single precision is off by *n* · 2^-24 at most, whatever the order of the
    /// additions, since both vectors have unit length; the kernels are within 1e-6.
    let tolerance: Double

    /// The components of the query for the navigation, block by block.
    let navigation: [Int: [(Int, Float)]]

    /// - Throws: `RecError` with code `invalidWeight` for weights of attributes too far apart for single precision.
    /// - Precondition: The query fits the space and has no formula of its own.
    init(_ query: SearchQuery, _ layout: TableLayout) throws(RecError) {
        self.layout = layout
        var active: [Active] = []
        var terms = 0
        var navigation: [Int: [(Int, Float)]] = [:]
        for (position, block) in layout.space.blocks.enumerated() {
            let weight = query.weighting.blocks[block.name]
            guard weight > 0, let given = query.embedding[block.name] else { continue }
            if let vector = given.vector {
                active.append(
                    Active(
                        position: position,
                        weight: weight,
                        side: .dense(ByteWriter.bytes { $0.write(vector: vector.components) })
                    )
                )
                terms = max(terms, vector.dimension)
                navigation[position] = vector.components.enumerated().map { ($0, Float(weight * Double($1))) }
            } else if let attributes = block.attributes, let side = OneHotQuery(given),
                let (query, weights) = try Self.oneHot(side, attributes, query.weighting)
            {
                let width = attributes.width + attributes.attributes.count
                active.append(
                    Active(
                        position: position,
                        weight: weight,
                        side: .oneHot(
                            query: ByteWriter.bytes { $0.write(sparsevec: query, dimension: width) },
                            weights: ByteWriter.bytes { $0.write(sparsevec: weights, dimension: width) }
                        )
                    )
                )
                terms = max(terms, query.count + 2 * attributes.attributes.count + 8)
                navigation[position] = Self.navigation(query, weights, attributes, weight)
            }
        }
        self.active = active
        self.navigation = navigation
        tolerance = Double(terms + 4) * 0x1p-24 + 1e-6
    }

    /// Whether any product can have a score.
    var isEmpty: Bool { active.isEmpty }

    /// The positions of the blocks that the score needs.
    var blocks: [Int] { active.map(\.position) }

    /// Whether the score needs a dense block.
    var hasDense: Bool {
        active.contains { if case .dense = $0.side { true } else { false } }
    }

    /// The score as an expression; `NULL` for a product that is not ranked.
    ///
    /// PostgreSQL computes each part of it anew wherever it stands, and for each row.
    func score(_ sql: inout SQLBuilder) -> String {
        var sums: [String] = []
        var totals: [String] = []
        for block in active {
            let column = layout.column(block.position)
            let weight = sql.bind(.double(block.weight))
            let condition: String
            let cosine: String
            switch block.side {
            case .dense(let bytes):
                let query = sql.bind(PostgresValue(type: layout.types.vector.element, bytes: bytes))
                condition = "\(column) is not null"
                cosine = "-(\(column) \(layout.types.negativeDot) \(query))"
            case .oneHot(let query, let weights):
                let weights = sql.bind(PostgresValue(type: layout.types.sparse.element, bytes: weights))
                let query = sql.bind(PostgresValue(type: layout.types.sparse.element, bytes: query))
                let length = "(\(column) \(layout.types.negativeDot) \(weights))"
                condition = "\(length) < 0"
                cosine = "-(\(column) \(layout.types.negativeDot) \(query)) / sqrt(-nullif(\(length), 0))"
            }
            // A weight that is not used would have no type.
            if active.count == 1 { return "\(cosine) * (\(weight) / \(weight))" }
            sums.append("coalesce(\(weight) * (\(cosine)), 0)")
            totals.append("case when \(condition) then \(weight) else 0 end")
        }
        return "(\(sums.joined(separator: " + "))) / nullif(\(totals.joined(separator: " + ")), 0)"
    }

    /// The query's vector times the roots of the weights, and the weights behind it; `nil` without a direction.
    private static func oneHot(
        _ side: OneHotQuery,
        _ attributes: AttributeSpace,
        _ weighting: Weighting
    ) throws(RecError) -> (query: [(index: Int, value: Float)], weights: [(index: Int, value: Float)])? {
        let weights = attributes.weights(replacing: weighting.attributes)
        guard let most = weights.max(), most > 0 else { return nil }
        let scaled = weights.map { $0 / most * greatest }
        guard scaled.allSatisfy({ $0 == 0 || $0 >= least }) else {
            throw RecError(
                .invalidWeight,
                "The greatest weight of an attribute is more than 1e36 times another; a table compares in single "
                    + "precision. Use 0 for an attribute that should not count."
            )
        }
        let (table, square) = side.table(weights: scaled)
        guard square > 0 else { return nil }
        let length = square.squareRoot()
        let query = table.enumerated().compactMap { column, value in
            value == 0 ? nil : (index: column, value: Float(value / length))
        }
        let present = scaled.enumerated().map { (index: attributes.width + $0, value: Float($1)) }
        return (query, present)
    }

    /// The components for vectors that were made with the weights of the space.
    private static func navigation(
        _ query: [(index: Int, value: Float)],
        _ present: [(index: Int, value: Float)],
        _ attributes: AttributeSpace,
        _ weight: Double
    ) -> [(Int, Float)] {
        let stored = attributes.weights(replacing: [:])
        let total = zip(stored, present).reduce(0.0) { $0 + ($1.0 > 0 ? Double($1.1.value) : 0) }
        let storedTotal = stored.reduce(0, +)
        guard total > 0, storedTotal > 0 else { return [] }
        let owner = attributes.attributeOfColumn
        return query.compactMap { column, value in
            let own = stored[owner[column]]
            return own > 0 ? (column, Float(weight * Double(value) / (own / storedTotal * total).squareRoot())) : nil
        }
    }
}
