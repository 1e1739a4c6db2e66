/// How Milvus finds the vectors nearest to a query.
public enum MilvusIndexKind: Sendable, Hashable {
    /// By comparison with all vectors (FLAT): answers are exact.
    case flat
    /// Through a graph (HNSW): answers are approximate, and ``MilvusIndex/effort-swift.property`` sets how far a search
    /// goes.
    ///
    /// A vector has from 2 to 2,048 links, chosen among 1 to 100,000 candidates.
    case graph(links: Int = 16, candidates: Int = 200)

    /// The parameters for `CreateIndex`.
    var parameters: [(key: String, value: String)] {
        switch self {
        case .flat: [("index_type", "FLAT"), ("metric_type", "IP"), ("params", "{}")]
        case .graph(let links, let candidates):
            [
                ("index_type", "HNSW"), ("metric_type", "IP"),
                ("params", "{\"M\": \(links), \"efConstruction\": \(candidates)}"),
            ]
        }
    }
}
