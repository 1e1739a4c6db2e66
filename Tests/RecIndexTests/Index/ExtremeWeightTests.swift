import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Attribute weights at the ends of the number range` {
    @Test(arguments: [1e308, 1e120, 1e-120, 1e-300])
    func `only the ratios of attribute weights matter`(scale: Double) throws {
        let catalogue = RandomCatalogue(count: 300, dimension: 8, seed: 31)
        let index = try makeIndex(catalogue.space, catalogue.products)
        let plain = ["colour": 1.0, "season": 0.5, "tags": 0.25]
        for query in catalogue.queries {
            let wanted = try index.neighbors(SearchQuery(query, count: 300, weighting: Weighting(attributes: plain)))
            let scaled = try index.neighbors(
                SearchQuery(query, count: 300, weighting: Weighting(attributes: plain.mapValues { $0 * scale }))
            )
            #expect(wanted.count == scaled.count)
            let scores = Dictionary(uniqueKeysWithValues: wanted.map { ($0.id, $0.score) })
            for neighbor in scaled { #expect(abs(neighbor.score - (scores[neighbor.id] ?? .nan)) < 1e-9) }
            let weighting = Weighting(attributes: plain.mapValues { $0 * scale })
            let recommender = Recommender(index: index, weighting: weighting)
            for product in try recommender.recommend(RecommendationQuery(likes: [.embedding(query)], count: 20)) {
                #expect(abs(product.parts.reduce(0) { $0 + $1.value } - product.score) < 1e-6)
            }
        }
    }

    @Test func `codes of a space with huge and tiny weights have unit length`() throws {
        for weights in [[1e308, 1e308], [1e-300, 1e-300], [1e-308, 1e308]] {
            let space = AttributeSpace(
                attributes: weights.enumerated().map { number, weight in
                    .init(name: "\(number)", categories: [.value("a"), .value("b")], weight: weight)
                }
            )
            for columns in [[0, 2], [0], [2]] as [[UInt32]] {
                let codes = try AttributeCodes(columns: columns, space: space)
                #expect(abs(codes.dense.reduce(0) { $0 + $1 * $1 } - 1) < 1e-6)
                let mixture = try AttributeMixture([.init(codes: codes, weight: 1e300)])
                #expect(abs(mixture.dense.reduce(0) { $0 + $1 * $1 } - 1) < 1e-6)
                var builder = IndexBuilder(
                    space: EmbeddingSpace(blocks: [.init(name: .metadata, kind: .oneHot(space))])
                )
                try builder.add(Product(id: "a"), Embedding([.metadata: .oneHot(codes)]))
                let index = try builder.build()
                for query in [Embedding.Block.oneHot(codes), .mixture(mixture)] {
                    let answer = try index.neighbors(SearchQuery(Embedding([.metadata: query])))
                    #expect(answer.count == 1)
                    #expect(answer.allSatisfy { abs($0.score - 1) < 1e-9 })
                }
            }
        }
    }

    @Test func `a value is found by its code points alone, among many values`() throws {
        let catalogue = RandomCatalogue(count: 40, dimension: 4, seed: 33)
        let products = catalogue.products.enumerated().map { number, item in
            let letter = number.isMultiple(of: 2) ? "\u{E9}" : "e\u{301}"
            let product = Product(id: item.product.id, attributes: ["model": AttributeValues(["caf\(letter)"])])
            return EmbeddedProduct(product: product, embedding: item.embedding)
        }
        let index = try makeIndex(catalogue.space, products)
        let query = try #require(catalogue.queries.first)
        func found(_ values: AttributeValues) throws -> Set<ProductID> {
            Set(try index.neighbors(SearchQuery(query, count: 40, filter: .has("model", anyOf: values))).map(\.id))
        }
        let composed = try found(["caf\u{E9}"])
        let decomposed = try found(["cafe\u{301}"])
        #expect(composed == Set(products.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element.product.id)))
        #expect(composed.isDisjoint(with: decomposed))
        #expect(try found(["caf\u{E9}", "cafe\u{301}"]).count == 40)
    }
}
