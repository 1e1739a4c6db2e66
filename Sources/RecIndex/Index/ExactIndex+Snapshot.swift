extension ExactIndex {
    /// Makes an index of the products of a live index at one moment, to be written to one file.
    ///
    /// - Throws: ``RecIndexError`` with code `corrupt` when a file turns out to be damaged.
    /// - Complexity: O(*n* · dimension), and as much memory.
    public init(_ snapshot: LiveIndexSnapshot) throws(RecIndexError) {
        self.init(try SegmentMerge(snapshot.parts, space: snapshot.space).segment())
    }
}
