import Foundation
import RecCore
import RecEvaluation
import Testing

@Suite struct `Ranking metrics` {
    @Test(arguments: try EvaluationFixtures.decode("lists.json", as: [EvaluationFixtures.RankedList].self))
    func `they agree with scikit-learn and NumPy`(list: EvaluationFixtures.RankedList) throws {
        let answer = Array(list.gains.prefix(list.k))
        let relevant = list.gains.count { $0 > 0 }
        let k = list.k
        let recall = try #require(RankingMetrics.recall(answer, at: k, relevantCount: relevant))
        let ndcg = try #require(RankingMetrics.ndcg(answer, at: k, ideal: list.gains))
        let binary = try #require(RankingMetrics.ndcg(answer, at: k, relevantCount: relevant))
        let average = try #require(RankingMetrics.averagePrecision(answer, at: k, relevantCount: relevant))
        #expect(abs(RankingMetrics.precision(answer, at: k) - list.precision) < 1e-12)
        #expect(abs(recall - list.recall) < 1e-12)
        #expect(abs(ndcg - list.ndcg) < 1e-12)
        #expect(abs(binary - list.binaryNDCG) < 1e-12)
        #expect(abs(average - list.averagePrecision) < 1e-12)
        #expect(abs(RankingMetrics.reciprocalRank(answer, at: k) - list.reciprocalRank) < 1e-12)
        // What lies behind the first k counts for nothing.
        #expect(RankingMetrics.precision(list.gains, at: k) == RankingMetrics.precision(answer, at: k))
        #expect(RankingMetrics.reciprocalRank(list.gains, at: k) == RankingMetrics.reciprocalRank(answer, at: k))
        #expect(RankingMetrics.averagePrecision(list.gains, at: k, relevantCount: relevant) == average)
        #expect(RankingMetrics.ndcg(list.gains, at: k, ideal: list.gains) == ndcg)
    }

    @Test func `by hand, with the first and the third of three places relevant and four relevant products`() throws {
        let gains: [Double] = [1, 0, 1]
        #expect(RankingMetrics.precision(gains, at: 3) == 2 / 3.0)
        #expect(RankingMetrics.recall(gains, at: 3, relevantCount: 4) == 0.5)
        let average: Double = (1 + 2.0 / 3) / 3
        #expect(RankingMetrics.averagePrecision(gains, at: 3, relevantCount: 4) == average)
        #expect(RankingMetrics.reciprocalRank([0, 0, 1], at: 3) == 1 / 3.0)
        let discount: Double = log2(3)
        let ndcg = try #require(RankingMetrics.ndcg(gains, at: 3, relevantCount: 4))
        #expect(abs(ndcg - 1.5 / (1.5 + 1 / discount)) < 1e-15)
    }

    @Test func `places that a short list leaves empty are not relevant`() {
        #expect(RankingMetrics.precision([1], at: 4) == 0.25)
        #expect(RankingMetrics.averagePrecision([1], at: 4, relevantCount: 2) == 0.5)
        #expect(RankingMetrics.precision([], at: 4) == 0)
        #expect(RankingMetrics.reciprocalRank([], at: 4) == 0)
    }

    @Test func `a list with nothing relevant among its places has zero everywhere`() {
        #expect(RankingMetrics.precision([0, 0, 1], at: 2) == 0)
        #expect(RankingMetrics.recall([0, 0, 1], at: 2, relevantCount: 1) == 0)
        #expect(RankingMetrics.ndcg([0, 0, 1], at: 2, relevantCount: 1) == 0)
        #expect(RankingMetrics.averagePrecision([0, 0, 1], at: 2, relevantCount: 1) == 0)
        #expect(RankingMetrics.reciprocalRank([0, 0, 1], at: 2) == 0)
    }

    @Test func `without anything relevant there is no recall, nDCG or average precision`() {
        #expect(RankingMetrics.recall([0, 0], at: 2, relevantCount: 0) == nil)
        #expect(RankingMetrics.ndcg([0, 0], at: 2, relevantCount: 0) == nil)
        #expect(RankingMetrics.ndcg([0, 0], at: 2, ideal: [0]) == nil)
        #expect(RankingMetrics.averagePrecision([0, 0], at: 2, relevantCount: 0) == nil)
    }

    @Test(arguments: [1, 2, 5, 20])
    func `the best possible list has one in every metric that can reach it`(relevant: Int) {
        let gains =
            [Double](repeating: 1, count: min(relevant, 5)) + [Double](repeating: 0, count: max(0, 5 - relevant))
        #expect(RankingMetrics.averagePrecision(gains, at: 5, relevantCount: relevant) == 1)
        #expect(RankingMetrics.ndcg(gains, at: 5, relevantCount: relevant) == 1)
        #expect(RankingMetrics.reciprocalRank(gains, at: 5) == 1)
    }
}
