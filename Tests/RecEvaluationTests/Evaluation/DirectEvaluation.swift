import Foundation
import RecCore
import RecEvaluation
import RecTesting
import Testing

/// An evaluation written down as the definitions read, for one attribute, to compare with.
struct DirectEvaluation {
    var queries: [ProductID] = []
    var withoutJudgement = 0
    var counts: [Int]
    var values: [RankingMetric: [Double]] = [:]
    var diversities: [Double] = []

    init(of index: any LocalIndex, by attribute: String, count k: Int, weighting: Weighting) throws {
        let ids = index.ids
        let labels = ids.map { Set(index.product($0)?[attribute].values ?? []) }
        counts = ids.map { _ in 0 }
        for (position, id) in ids.enumerated() {
            let embedding = try #require(try index.embedding(of: id))
            let answer = try index.neighbors(SearchQuery(embedding, count: k, weighting: weighting, excluded: [id]))
            let shown = try answer.map { try #require(ids.firstIndex(of: $0.id)) }
            for product in shown { counts[product] += 1 }
            let embeddings = try answer.map { try #require(try index.embedding(of: $0.id)) }
            if let diversity = Self.diversity(embeddings, index.space, weighting) {
                diversities.append(diversity)
            }
            if labels[position].isEmpty {
                withoutJudgement += 1
                continue
            }
            let relevant = Set(ids.indices.filter { $0 != position && !labels[$0].isDisjoint(with: labels[position]) })
            if !relevant.isEmpty {
                queries.append(id)
                measure(shown, relevant, k)
            }
        }
    }

    private mutating func measure(_ shown: [Int], _ relevant: Set<Int>, _ k: Int) {
        let hits = Double(Set(shown).intersection(relevant).count)
        let ranks = shown.indices.filter { relevant.contains(shown[$0]) }.map { $0 + 1 }
        let best = (1...k).prefix(relevant.count).reduce(0.0) { $0 + 1 / log2(Double($1) + 1) }
        let precisions = ranks.map { rank in Double(ranks.count { $0 <= rank }) / Double(rank) }
        values[.precision, default: []].append(hits / Double(k))
        values[.recall, default: []].append(hits / Double(relevant.count))
        values[.ndcg, default: []].append(ranks.reduce(0.0) { $0 + 1 / log2(Double($1) + 1) } / best)
        values[.averagePrecision, default: []].append(precisions.reduce(0, +) / Double(min(k, relevant.count)))
        values[.reciprocalRank, default: []].append(ranks.first.map { 1 / Double($0) } ?? 0)
    }

    private static func diversity(
        _ embeddings: [Embedding],
        _ space: EmbeddingSpace,
        _ weighting: Weighting
    ) -> Double? {
        var scores: [Double] = []
        for first in embeddings.indices {
            for second in embeddings.indices where first < second {
                let cosines = ReferenceIndex.cosines(embeddings[first], embeddings[second], in: space)
                if let score = weighting.score(cosines) { scores.append(score) }
            }
        }
        return scores.isEmpty ? nil : 1 - scores.reduce(0, +) / Double(scores.count)
    }
}
