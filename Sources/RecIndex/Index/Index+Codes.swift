extension Index {
    /// Whether an index gets codes.
    public enum Codes: Sendable, Hashable {
        /// From ``Index/leastCoded`` products on.
        case automatic
        /// Whatever the number of products.
        case always
        /// Never; each query is compared with all products.
        case never

        /// The number of products from which on there are codes.
        var least: Int? {
            switch self {
            case .automatic: Index.leastCoded
            case .always: 0
            case .never: nil
            }
        }
    }

    /// The number of products from which on an index gets codes by itself: 1,000.
    ///
    /// Fewer are compared one by one in less than a tenth of a millisecond.
    public static var leastCoded: Int { 1000 }

    /// The same products in one segment, with codes or without.
    ///
    /// The same products get the same codes for any number of threads.
    ///
    /// - Parameters:
    ///   - codes: Whether there are to be codes. They stand for the dense block with the most components; a space without
    ///     dense blocks gets none.
    ///   - threads: How many threads work.
    ///   - progress: Called now and then with the share that is done, from 0 to 1, on the calling thread; what it throws
    ///     ends the work, as `CancellationError` of a cancelled task does.
    /// - Returns: The index; its codes are those that there were, where there were some.
    /// - Throws: What `progress` throws, and `RecError` with code `corrupt` when a file turns out to be damaged.
    /// - Complexity: O(*n* · dimension · directions), with some 256 directions
    public func with(
        codes: Codes,
        threads: Int = 1,
        progress: ((Double) throws -> Void)? = nil
    ) throws -> Index {
        precondition(threads > 0, "threads must be greater than zero")
        var segment = try parts.merged()
        if let least = codes.least {
            if segment.codes == nil {
                segment = try segment.quantized(from: least, threads: threads, progress: progress)
            }
        } else {
            segment = segment.with(nil as ProductCodes?)
        }
        var index = Index(IndexParts(segment), notes: notes, version: version)
        index.effort = effort
        return index
    }
}
