/// Products with their embeddings, searched exactly: an immutable value that is built, or opened from what was written.
///
/// ```swift
/// let index = try Index.open(path: "shop.index")
/// let similar = try index.neighbors(SearchQuery(embedding, count: 10))
/// ```
/// Any number of tasks may search it. Vectors of an index file stay in the file and are read in place through a memory map.
///
/// A large index has codes: a dense block is described by about a byte for each of the directions in which the catalogue
/// varies most, list by list of neighbours, together with proven bounds of what that leaves out. A search rules out
/// whatever cannot be in the answer and reads the exact vectors of a few dozen products. Codes change the time of an answer
/// and not a bit of it. They stand for the dense block with the most components, beside one-hot blocks and dense ones of up to
/// eight components, and help queries whose weighting has no formula of its own; any other query is compared with all products. ``IndexBuilder`` says when an index has them.
///
/// Cosines are computed in single precision, in an order that does not depend on the machine or on the other products;
/// they are within 1e-6 of the true value and never outside -1...1. Scores are computed from them in double precision.
public struct Index: Sendable {
    let parts: IndexParts

    let texts: [String: String]

    /// The number of the last call that changed a live index, as ``LiveIndex`` counts them; 0 for any other index.
    public let version: UInt64

    /// How sure a search makes itself that no better product exists.
    public var effort: SearchEffort = .exact

    init(_ parts: IndexParts, notes: [String: String] = [:], version: UInt64 = 0) {
        self.parts = parts
        texts = notes
        self.version = version
    }

    init(_ segment: Segment) {
        self.init(IndexParts(segment), notes: segment.notes)
    }

    /// Whether a part of the index at least has codes.
    package var hasCodes: Bool { parts.all.contains { $0.segment.codes != nil } }
}
