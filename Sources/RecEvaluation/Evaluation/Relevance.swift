public import RecCore

/// The definition of relevance between products, for an ``Evaluation``.
public struct Relevance: Sendable {
    /// The attribute that defines relevance, if any.
    let attribute: String?

    /// Makes the judge for the products of an index, which are identified by their positions in `products`.
    let judge: @Sendable (_ products: IndexedProducts) async throws -> any RelevanceJudge

    /// Products are relevant to each other when they share a value of an attribute, each with the gain 1.
    ///
    /// A product without a value is not a query and not relevant to others. The attribute must not affect the score
    /// (``Evaluation``).
    public static func sharing(_ attribute: String) -> Relevance {
        Relevance(attribute: attribute) { try await AttributeJudge(attribute, of: $0) }
    }

    /// Relevance comes from human judgements or customers' clicks: for each query the gains of other products.
    ///
    /// A product that is not named, or has the gain 0, is not relevant. Judgements on products that are not in the
    /// index, and of a product on itself, are ignored. Only products with judgements are queries.
    ///
    /// An evaluation throws `RecError` with code `invalidQuery` when a gain is negative or not finite.
    public static func judgements(_ gains: [ProductID: [ProductID: Double]]) -> Relevance {
        Relevance(attribute: nil) { try GivenJudgements(gains, of: $0) }
    }
}
