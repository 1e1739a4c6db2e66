internal import RecCore

/// Adds up the measures of answers.
struct EvaluationTally {
    private let products: IndexedProducts
    private let count: Int
    private let valueCount: Int?
    private var asked = 0
    private var withoutJudgement = 0
    private var withoutRelevant = 0
    private var queries: [ProductID] = []
    private var values = RankingMetric.allCases.map { _ in [Double]() }
    private var diversities: [Double] = []
    private var occurrences: [Int]

    init(products: IndexedProducts, count: Int, valueCount: Int?) {
        self.products = products
        self.count = count
        self.valueCount = valueCount
        occurrences = [Int](repeating: 0, count: products.ids.count)
    }

    mutating func add(_ answer: MeasuredAnswer) {
        asked += 1
        for position in answer.shown { occurrences[position] += 1 }
        if let diversity = answer.diversity { diversities.append(diversity) }
        if !answer.isJudged {
            withoutJudgement += 1
        } else if answer.values.isEmpty {
            withoutRelevant += 1
        } else {
            queries.append(answer.query)
            for (metric, value) in answer.values.enumerated() { values[metric].append(value) }
        }
    }

    var report: EvaluationReport {
        EvaluationReport(
            count: count,
            askedCount: asked,
            withoutJudgement: withoutJudgement,
            withoutRelevant: withoutRelevant,
            queries: queries,
            values: Dictionary(uniqueKeysWithValues: zip(RankingMetric.allCases, values)),
            diversities: diversities,
            exposure: Exposure(products: products.ids, counts: occurrences),
            valueCount: valueCount
        )
    }
}
