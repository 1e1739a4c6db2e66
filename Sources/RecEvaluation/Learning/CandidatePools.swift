internal import RecCore

/// Finds the candidates of queries, and what has to be known of them.
struct CandidatePools {
    private let products: IndexedProducts
    private let space: PairSpace
    private let start: WeightVector
    private let count: Int
    /// The columns of products that were candidates before, by position.
    private var columns: [Int: AttributeColumns] = [:]

    init(products: IndexedProducts, space: PairSpace, start: WeightVector, count: Int) {
        self.products = products
        self.space = space
        self.start = start
        self.count = count
    }

    /// The table of a query whose candidates are the nearest products by several weightings.
    mutating func table(for query: Int, idealGain: Double, gain: (Int) -> Double) throws -> PairTable {
        let embedding = try embedding(query)
        let mine = AttributeColumns(embedding, in: space.attributes)
        var found: [Int: BlockCosines] = [:]
        for (probe, weights) in probes(embedding, mine) {
            let search = SearchQuery(
                probe,
                count: count,
                fusion: WeightedFusion(try BlockWeights(weights)),
                excluded: [products.ids[query]]
            )
            for neighbor in try products.index.neighbors(search) {
                if let position = products[neighbor.id], found[position] == nil { found[position] = neighbor.cosines }
            }
        }
        var table = PairTable(
            blocks: space.blocks.count,
            query: mine.byAttribute.map { !$0.isEmpty },
            idealGain: idealGain
        )
        for (position, cosines) in found.sorted(by: { $0.key < $1.key }) {
            table.add(
                gain: gain(position),
                cosines: space.blocks.map { cosines[$0] },
                matches: space.matches(mine, try columns(of: position))
            )
        }
        return table
    }

    /// The table of a query with given candidates.
    mutating func table(
        for query: Int,
        candidates: [Int],
        idealGain: Double,
        gain: (Int) -> Double
    ) throws -> PairTable {
        let embedding = try embedding(query)
        let mine = AttributeColumns(embedding, in: space.attributes)
        var table = PairTable(
            blocks: space.blocks.count,
            query: mine.byAttribute.map { !$0.isEmpty },
            idealGain: idealGain
        )
        let wanted = comparable(embedding)
        for position in candidates.sorted() {
            let other = try self.embedding(position)
            let cosines = wanted.cosines(with: comparable(other))
            table.add(
                gain: gain(position),
                cosines: space.blocks.map { cosines[$0] },
                matches: space.matches(mine, AttributeColumns(other, in: space.attributes))
            )
        }
        return table
    }

    /// Embeddings to search for, each with block weights: the weights to begin with, each block alone, and the blocks
    /// beside each attribute alone.
    private func probes(
        _ embedding: Embedding,
        _ mine: AttributeColumns
    ) -> [(probe: Embedding, weights: [BlockName: Double])] {
        let plain = Dictionary(uniqueKeysWithValues: zip(space.blocks, start.blocks))
        var probes: [(probe: Embedding, weights: [BlockName: Double])] = []
        for name in space.blocks where embedding[name] != nil { probes.append((embedding, [name: 1])) }
        guard let attributes = space.attributes else {
            return (probes + [(embedding, plain)]).filter(Self.finds)
        }
        let used = mine.byAttribute.indices.filter { !space.unused.contains($0) && !mine.byAttribute[$0].isEmpty }
        let sum = start.blocks.reduce(0, +)
        func add(_ parts: [Int], metadata share: Double) {
            var probe = embedding
            let columns = parts.flatMap { mine.byAttribute[$0] }
            probe[.metadata] = (try? AttributeCodes(columns: columns, space: attributes)).map { .oneHot($0) }
            var weights = sum > 0 ? plain.mapValues { $0 / sum * (1 - share) } : [:]
            weights[.metadata] = share
            probes.append((probe, weights))
        }
        add(used, metadata: sum > 0 ? start.metadata / (start.metadata + sum) : 1)
        add(used, metadata: 0.5)
        for attribute in used { add([attribute], metadata: 0.5) }
        return probes.filter(Self.finds)
    }

    /// Whether a probe has a block that counts.
    private static func finds(_ probe: (probe: Embedding, weights: [BlockName: Double])) -> Bool {
        probe.weights.contains { $0.value > 0 && probe.probe[$0.key] != nil }
    }

    private func embedding(_ position: Int) throws -> Embedding {
        let id = products.ids[position]
        guard let embedding = try products.index.embedding(of: id) else {
            throw RecCoreError(.unknownProduct, "No product of the index has the id '\(id)'.")
        }
        return embedding
    }

    private mutating func columns(of position: Int) throws -> AttributeColumns {
        if let known = columns[position] { return known }
        let found = AttributeColumns(try embedding(position), in: space.attributes)
        columns[position] = found
        return found
    }

    private func comparable(_ embedding: Embedding) -> ComparableEmbedding {
        ComparableEmbedding(embedding, in: products.index.space, attributeWeights: [:])
    }
}
