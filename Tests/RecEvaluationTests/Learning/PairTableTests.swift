import RecCore
import RecEvaluation
import RecTesting
import Testing

@Suite struct `Scores of candidates that weights are learned from` {
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `they are those of the formula, in single precision`(seed: UInt64) throws {
        let catalogue = RandomCatalogue(count: 80, seed: seed)
        let attributes = try #require(catalogue.space.blocks.compactMap(\.attributes).first)
        let reference = ReferenceIndex(space: catalogue.space, products: catalogue.products)
        var random = SeededGenerator(seed: seed)
        for query in catalogue.products.prefix(20) where query.embedding.blocks.count == 2 {
            let mine = columns(query.embedding, attributes)
            var table = PairTable(blocks: 1, query: mine.map { !$0.isEmpty }, idealGain: 1)
            for item in catalogue.products {
                let cosines = ReferenceIndex.cosines(query.embedding, item.embedding, in: catalogue.space)
                let theirs = columns(item.embedding, attributes)
                let matches = zip(mine, theirs).map { mine, theirs -> Double? in
                    guard !theirs.isEmpty else { return nil }
                    let size = (Double(mine.count) * Double(theirs.count)).squareRoot()
                    return size > 0 ? Double(mine.count { theirs.contains($0) }) / size : 0
                }
                table.add(gain: 0, cosines: [cosines[.image]], matches: matches)
            }
            for image in [0, 0.3, 0.8, 1] as [Double] {
                let weights: [Double] = attributes.attributes.map { _ in
                    [0, 0.5, 1, 3].randomElement(using: &random) ?? 1
                }
                let names = attributes.attributes.map(\.name)
                let weighting = Weighting(
                    try BlockWeights(image: image),
                    attributes: Dictionary(uniqueKeysWithValues: zip(names, weights))
                )
                let search = SearchQuery(query.embedding, count: catalogue.products.count, weighting: weighting)
                let expected = Dictionary(
                    uniqueKeysWithValues: reference.matches(search).map { ($0.id, $0.score) }
                )
                let scores = table.scores(WeightVector(blocks: [image], metadata: 1 - image, attributes: weights))
                for (item, score) in zip(catalogue.products, scores) {
                    if let known = expected[item.product.id] {
                        #expect(abs(Double(score) - known) < 2e-6)
                    } else {
                        #expect(score == -.infinity)
                    }
                }
            }
        }
    }

    /// The columns that an embedding sets, attribute by attribute.
    private func columns(_ embedding: Embedding, _ space: AttributeSpace) -> [[UInt32]] {
        let ends = space.offsets.dropFirst().map { UInt32($0) }
        let set = embedding[.metadata]?.codes?.columns ?? []
        return zip(space.offsets.map { UInt32($0) }, ends).map { start, end in set.filter { start <= $0 && $0 < end } }
    }
}
