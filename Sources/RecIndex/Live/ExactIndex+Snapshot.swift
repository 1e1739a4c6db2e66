extension ExactIndex {
    /// Makes an index of the products of a live index at one moment, to be written to one file.
    ///
    /// - Complexity: O(*n* · dimension), and as much memory.
    public init(_ snapshot: LiveIndexSnapshot) {
        self.init(SegmentMerge(snapshot.parts, space: snapshot.space).segment())
    }
}
