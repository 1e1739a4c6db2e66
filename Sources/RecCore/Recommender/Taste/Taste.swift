/// The combined examples of a query: compares products with them and makes the searches for the nearest ones.
///
/// Candidates come in the order of their similarity; known ones keep their places when more come.
protocol Taste: Sendable {
    /// The probes that candidates are compared with; ``Evidence/probe`` is a position here.
    var probes: [Probe] { get }

    /// Computes the scores of the probes from cosines.
    var comparison: Comparison { get }

    /// The candidates so far, in the order of their similarity.
    var candidates: [Candidate] { get }

    /// Whether all candidates are known.
    var isComplete: Bool { get }

    /// The searches for more candidates; pass their answers to ``receive(_:)``.
    mutating func searches(for demand: Demand) -> [SearchQuery]

    /// Takes the answers to the searches.
    mutating func receive(_ answers: [[Neighbor]])

    /// A product that no search returned, as a candidate; `nil` when it cannot be compared.
    func candidate(_ product: IndexedProduct) -> Candidate?

    /// The position, among the likes of the query, of the one that added most to a candidate's similarity.
    ///
    /// `nil` without likes. `other` is the candidate's embedding.
    func decidingLike(for candidate: Candidate, _ other: ComparableEmbedding) -> Int?
}

/// The number of further candidates that an answer needs.
struct Demand: Sendable {
    /// The number, if none is skipped.
    var count: Int
    /// The groups of the answer so far; with none, all candidates count.
    var groups: [GroupCap] = []
}

/// The limits of every search of a recommendation.
struct CandidateLimits: Sendable {
    let filter: AttributeFilter?
    let excluded: Set<ProductID>
    let minimumSimilarity: Double?
    /// Whether candidates may be skipped, so that the number needed is unknown.
    let hasGroups: Bool
    /// The contents of each neighbour.
    let contents: ProductContents
}
