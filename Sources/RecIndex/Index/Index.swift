/// Products with their embeddings, for exact search: an immutable value that is built, or opened from a file.
///
/// ```swift
/// let index = try Index.open(path: "shop.index")
/// let similar = try index.neighbors(SearchQuery(embedding, count: 10))
/// ```
/// Any number of tasks may search it. Vectors of an index file stay in the file and are read in place through a memory map.
///
/// A large index has codes: about one byte for each of the directions of greatest variance of a dense block, in lists
/// of neighbours, with proven bounds of the remainder. A search excludes products that cannot be in the answer and
/// reads the exact vectors of a few dozen products. Codes change the time of an answer, but no bit of the answer
/// itself. They encode the dense block with the most components. They speed up queries that also use one-hot blocks and
/// dense blocks of up to eight components, unless the weighting has its own formula; any other query is compared with
/// all products. For the rule that creates codes, see ``IndexBuilder``.
///
/// Cosines are computed in single precision, in an order that does not depend on the machine or on the other products;
/// they are within 1e-6 of the true value and never outside -1...1. Scores are computed from them in double precision.
public struct Index: Sendable {
    let parts: IndexParts

    let texts: [String: String]

    /// The number of the last call that changed a live index, as ``LiveIndex`` counts them; 0 for any other index.
    public let version: UInt64

    /// The effort of a search to find the exact answer.
    public var effort: SearchEffort = .exact

    init(_ parts: IndexParts, notes: [String: String] = [:], version: UInt64 = 0) {
        self.parts = parts
        texts = notes
        self.version = version
    }

    init(_ segment: Segment) {
        self.init(IndexParts(segment), notes: segment.notes)
    }

    /// Whether at least a part of the index has a graph.
    package var hasGraph: Bool { parts.all.contains { $0.segment.graph != nil } }

    /// Whether at least a part of the index has codes.
    package var hasCodes: Bool { parts.all.contains { $0.segment.codes != nil } }
}
