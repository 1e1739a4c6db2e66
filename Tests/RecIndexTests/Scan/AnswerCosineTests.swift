import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Cosines of an answer` {
    @Test(arguments: [[:], ["colour": 0.3, "tags": 4]])
    func `a block has the same ones whether it counts or not`(attributes: [String: Double]) throws {
        let catalogue = RandomCatalogue(count: 300, seed: 31)
        let index = try makeIndex(catalogue.space, catalogue.products)
        func cosines(_ query: Embedding, image: Double) throws -> [ProductID: BlockCosines] {
            let weighting = Weighting(try BlockWeights(image: image), attributes: attributes)
            let neighbors = try index.neighbors(SearchQuery(query, count: 300, weighting: weighting))
            return Dictionary(uniqueKeysWithValues: neighbors.map { ($0.id, $0.cosines) })
        }
        var compared = 0
        for query in catalogue.queries + catalogue.products.prefix(20).map(\.embedding) {
            let both = try cosines(query, image: 0.5)
            for image in [0.0, 1] {
                for (id, cosines) in try cosines(query, image: image) {
                    let expected = try #require(both[id])
                    #expect(cosines == expected)
                    compared += cosines.values.count { $0 != nil }
                }
            }
        }
        #expect(compared > 10_000)
    }
}
