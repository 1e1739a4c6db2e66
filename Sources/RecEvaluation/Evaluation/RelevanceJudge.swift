/// Rates the products of one index, which are identified by position.
protocol RelevanceJudge: Sendable {
    /// The best possible answer of `count` products to a query; `nil` when the product is not a query.
    func idealAnswer(to query: Int, count: Int) -> IdealAnswer?

    /// The gain of a product in an answer to a query; 0 when it is not relevant.
    func gain(of product: Int, to query: Int) -> Double

    /// The number of different values that decide; `nil` for a judge without values.
    var valueCount: Int? { get }
}

extension RelevanceJudge {
    /// A judge has no values of its own.
    var valueCount: Int? { nil }
}

/// The gains of the products that are relevant to a query, as the metrics need them.
struct IdealAnswer: Sendable {
    /// The number of relevant products.
    let relevantCount: Int
    /// The greatest gains, as many as an answer has places, or all when there are fewer.
    let gains: [Double]
}
