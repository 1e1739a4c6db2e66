/// The products of a taste in the order of their similarity, fetched as far as they are needed.
struct CandidateStream {
    private let taste: any Taste
    private var fetched: [Candidate] = []
    private var known: Set<ProductID> = []
    private var isComplete = false
    private var position = 0

    init(_ taste: any Taste) {
        self.taste = taste
    }

    /// Takes the next products: as many as are asked for, or what is left.
    ///
    /// - Parameters:
    ///   - count: How many are asked for.
    ///   - expected: How many will be asked for in all, as far as it is known.
    ///   - admissible: What later products have to match to be of use; it lets through ever less.
    /// - Returns: The products; some of them may not match `admissible`.
    /// - Throws: What the taste throws.
    mutating func next(_ count: Int, expected: Int, admissible: AttributeFilter?) throws -> ArraySlice<Candidate> {
        let (end, overflows) = position.addingReportingOverflow(count)
        if !isComplete, overflows || end > fetched.count {
            // Fetched anew from the start, and so twice as many each time.
            let (twice, isHuge) = fetched.count.multipliedReportingOverflow(by: 2)
            let wanted = overflows || isHuge ? Int.max : max(end, twice, position == 0 ? expected : 0)
            let all = try taste.candidates(count: wanted, admissible: admissible)
            isComplete = all.count < wanted
            // An index that is not exact may answer differently when it is asked for more.
            for candidate in all where known.insert(candidate.id).inserted { fetched.append(candidate) }
        }
        let slice = fetched[position..<min(overflows ? .max : end, fetched.count)]
        position = slice.endIndex
        return slice
    }
}
