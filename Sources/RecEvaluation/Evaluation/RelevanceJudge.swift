/// Judges the products of one index, which are named by their positions.
protocol RelevanceJudge: Sendable {
    /// The best possible answer of `count` products to a query; `nil` when the product is no query.
    func idealAnswer(to query: Int, count: Int) -> IdealAnswer?

    /// The gain of a product in an answer to a query; 0 when it is not relevant.
    func gain(of product: Int, to query: Int) -> Double
}

/// What the metrics have to know of all products that are relevant to a query.
struct IdealAnswer: Sendable {
    /// How many are relevant.
    let relevantCount: Int
    /// The greatest gains, as many as an answer has places, or all when there are fewer.
    let gains: [Double]
}
