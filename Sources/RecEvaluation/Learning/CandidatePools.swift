internal import RecCore

/// Finds the candidates of queries and makes their tables.
struct CandidatePools {
    private let products: IndexedProducts
    private let space: PairSpace
    private let start: WeightVector
    private let count: Int
    /// The columns of earlier candidates, by position.
    private var columns: [Int: AttributeColumns] = [:]

    init(products: IndexedProducts, space: PairSpace, start: WeightVector, count: Int) {
        self.products = products
        self.space = space
        self.start = start
        self.count = count
    }

    /// The table of a query whose candidates are the nearest products by several weightings.
    mutating func table(for query: Int, idealGain: Double, gain: (Int) -> Double) async throws -> PairTable {
        let embedding = try await embedding(query)
        let mine = AttributeColumns(embedding, in: space.attributes)
        var found: [Int: BlockCosines] = [:]
        let searches = try probes(embedding, mine).map { probe, weights in
            SearchQuery(
                probe,
                count: count,
                weighting: Weighting(try BlockWeights(weights)),
                excluded: [products.ids[query]]
            )
        }
        for neighbor in try await products.index.search(searches).joined() {
            if let position = products[neighbor.id], found[position] == nil { found[position] = neighbor.cosines }
        }
        let candidates = found.sorted { $0.key < $1.key }
        try await readColumns(of: candidates.map(\.key))
        var table = PairTable(
            blocks: space.blocks.count,
            query: mine.byAttribute.map { !$0.isEmpty },
            idealGain: idealGain
        )
        for (position, cosines) in candidates {
            table.add(
                gain: gain(position),
                cosines: space.blocks.map { cosines[$0] },
                matches: space.matches(
                    mine,
                    columns[position] ?? AttributeColumns(Embedding([:]), in: space.attributes)
                )
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
    ) async throws -> PairTable {
        let embedding = try await embedding(query)
        let mine = AttributeColumns(embedding, in: space.attributes)
        var table = PairTable(
            blocks: space.blocks.count,
            query: mine.byAttribute.map { !$0.isEmpty },
            idealGain: idealGain
        )
        let wanted = comparable(embedding)
        let candidates = candidates.sorted()
        let others = try await products.index.embeddings(of: candidates.map { products.ids[$0] })
        for (position, other) in zip(candidates, others) {
            let cosines = wanted.cosines(with: comparable(other))
            table.add(
                gain: gain(position),
                cosines: space.blocks.map { cosines[$0] },
                matches: space.matches(mine, AttributeColumns(other, in: space.attributes))
            )
        }
        return table
    }

    /// Embeddings to search for, each with block weights: the initial weights, each block alone, and the other blocks
    /// with each attribute alone.
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
            probe[.metadata] = (try? AttributeCodes(columns: columns, space: attributes)).map { .init($0) }
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

    private func embedding(_ position: Int) async throws -> Embedding {
        try await products.index.embeddings(of: [products.ids[position]])[0]
    }

    /// Reads the columns of products that are not known yet.
    private mutating func readColumns(of positions: [Int]) async throws {
        let new = positions.filter { columns[$0] == nil }
        let metadata = ProductContents(blocks: .only([.metadata]))
        let found = try await products.index.products(new.map { products.ids[$0] }, metadata)
        for (position, product) in zip(new, found) {
            columns[position] = AttributeColumns(product?.embedding ?? Embedding([:]), in: space.attributes)
        }
    }

    private func comparable(_ embedding: Embedding) -> ComparableEmbedding {
        ComparableEmbedding(embedding, in: products.index.space, .standard)
    }
}
