public import RecCore

/// What makes a product relevant to another one, for an ``Evaluation``.
public struct Relevance: Sendable {
    /// The attribute that products are compared by, if it is one.
    let attribute: String?

    /// Makes what judges the products of an index, by their positions in `products`.
    let judge: @Sendable (_ products: IndexedProducts) async throws -> any RelevanceJudge

    /// Products are relevant to each other when they share a value of an attribute, each with the gain 1.
    ///
    /// A product without a value is no query, and relevant to none. Attributes of the metadata block must not judge it,
    /// see ``Evaluation``.
    public static func sharing(_ attribute: String) -> Relevance {
        Relevance(attribute: attribute) { try await AttributeJudge(attribute, of: $0) }
    }

    /// Products are relevant as somebody judged, or as customers clicked: for each query the gains of other products.
    ///
    /// A product that is not named, or has the gain 0, is not relevant. Judgements on products that the index does not
    /// have, and on a product about itself, are left out. Only products with judgements are queries.
    ///
    /// An evaluation throws `RecError` with code `invalidQuery` when a gain is negative or not finite.
    public static func judgements(_ gains: [ProductID: [ProductID: Double]]) -> Relevance {
        Relevance(attribute: nil) { try GivenJudgements(gains, of: $0) }
    }
}
