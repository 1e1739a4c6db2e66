/// What the examples of a query want: how near a product is to it, and the searches that find the nearest ones.
///
/// Candidates come in the order of their similarity, and those that are known stay where they are when more come.
protocol Taste: Sendable {
    /// What candidates are compared with; ``Evidence/probe`` is a position here.
    var probes: [Probe] { get }

    /// How scores of the probes are made of cosines.
    var comparison: Comparison { get }

    /// The candidates so far, in the order of their similarity.
    var candidates: [Candidate] { get }

    /// Whether there are no more candidates than those known.
    var isComplete: Bool { get }

    /// The searches that are needed to know more candidates, to be answered by ``receive(_:)``.
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

/// How many more candidates an answer needs.
struct Demand: Sendable {
    /// How many, when none is passed over.
    var count: Int
    /// The groups of the answer so far; with none, all candidates count.
    var groups: [GroupCap] = []
}

/// Which products every search of a recommendation considers.
struct CandidateLimits: Sendable {
    let filter: AttributeFilter?
    let excluded: Set<ProductID>
    let minimumSimilarity: Double?
    /// Whether candidates may be passed over, so that it is not known how many are needed.
    let hasGroups: Bool
    /// What each neighbour carries.
    let contents: ProductContents
}
