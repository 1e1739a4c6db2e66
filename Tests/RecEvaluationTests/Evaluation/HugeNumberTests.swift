import RecCore
import RecEvaluation
import RecIndex
import RecTesting
import Testing

@Suite struct `Gains and counts at the end of the number range` {
    @Test func `are added up without overflow`() throws {
        #expect(Exposure(products: ["a", "b"], counts: [.max, 1]).gini.map { $0 > 0.49 } == true)
        #expect(Exposure(products: ["a", "b"], counts: [.max, .max]).skewness == nil)
    }

    @Test func `are judged by their ratios`() async throws {
        let index = try EvaluationFixtures.index(of: RandomCatalogue(count: 150, dimension: 12, seed: 24))
        let ids = index.ids
        func ndcg(_ scale: Double) async throws -> Double? {
            let gains = Dictionary(uniqueKeysWithValues: ids[1...].map { ($0, scale) })
            return try await Evaluation(.judgements([ids[0]: gains])).run(on: index).mean(.ndcg)
        }
        #expect(try await ndcg(1) == ndcg(1e308))
    }
}
