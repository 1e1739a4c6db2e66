public import RecCore

extension Index {
    /// The rule that decides whether an index gets codes.
    public enum Codes: Sendable, Hashable {
        /// From 1,000 products on; fewer are compared one by one in less than a tenth of a millisecond.
        case automatic
        /// For any number of products.
        case always
        /// Never; each query is compared with all products.
        case never

        /// The least number of products with codes.
        var least: Int? {
            switch self {
            case .automatic: Index.leastCoded
            case .always: 0
            case .never: nil
            }
        }
    }

    /// The least number of products for which an index gets codes automatically.
    package static var leastCoded: Int { 1000 }

    /// The greatest number of threads; all of them are started at once.
    private static var mostThreads: Int { 256 }

    /// The same products in one segment, with codes or without; made outside the caller's actor.
    ///
    /// The same products get the same codes and the same graph for any number of threads.
    ///
    /// - Parameters:
    ///   - codes: The rule for codes. They encode the dense block with the most components; a space without dense
    ///     blocks gets none.
    ///   - graph: Whether there is a graph as well, for ``SearchEffort/navigating(candidates:)``.
    ///   - threads: The number of threads.
    ///   - progress: Gets the progress at intervals.
    /// - Returns: The index; existing codes and an existing graph are kept.
    /// - Throws: `RecError` with code `invalidSetting` unless there are 1 to 256 threads, or `corrupt` when a file turns
    ///   out to be damaged; `CancellationError` soon after the task is cancelled.
    /// - Complexity: O(*n* · dimension · directions), with some 256 directions, and O(*n*²/256) for the lists of a graph
    @concurrent
    public func with(
        codes: Codes,
        graph: Bool = false,
        threads: Int = 1,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> Index {
        try coded(codes, graph: graph, threads: threads, progress)
    }

    /// Does the same on the calling thread.
    package func with(codes: Codes, graph: Bool = false, threads: Int = 1) throws -> Index {
        try coded(codes, graph: graph, threads: threads)
    }

    /// The same products with codes and a graph or without; ends soon after the task is cancelled, if there is one.
    func coded(
        _ codes: Codes,
        graph: Bool,
        threads: Int,
        _ progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) throws -> Index {
        guard (1...Self.mostThreads).contains(threads) else {
            throw RecError(.invalidSetting, "'threads' is \(threads); it must be from 1 to \(Self.mostThreads).")
        }
        let reporter = ProgressReporter("codes", total: count, to: progress)
        let count = count
        var segment = try merged()
        // A graph takes about as long as codes.
        let parts = graph && segment.graph == nil ? 0.5 : 1
        if let least = codes.least {
            if segment.codes == nil {
                segment = try segment.quantized(from: least, threads: threads) { share in
                    try Task.checkCancellation()
                    if share < 1 { reporter.report(done: Int(share * parts * Double(count))) }
                }
            }
        } else {
            segment = segment.with(nil as ProductCodes?)
        }
        if !graph {
            segment = segment.with(nil as ProductGraph?)
        } else if segment.graph == nil {
            segment = try segment.linked(threads: threads) { share in
                try Task.checkCancellation()
                if share < 1 { reporter.report(done: Int((1 - parts + share * parts) * Double(count))) }
            }
        }
        var index = Index(IndexParts(segment), notes: notes, version: version)
        index.effort = effort
        reporter.report(done: count)
        return index
    }
}
