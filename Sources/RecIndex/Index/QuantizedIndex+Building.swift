internal import RecCore

extension QuantizedIndex {
    /// Describes the products of an index by codes, and keeps their exact vectors where they are.
    ///
    /// ```swift
    /// let index = try QuantizedIndex(builder.build(), threads: 4)
    /// try index.write(to: "shop.index")
    /// ```
    /// The same products give the same codes for any number of threads.
    ///
    /// - Parameters:
    ///   - index: The products. A space of several dense blocks, or of several one-hot blocks, gets no codes; queries are
    ///     then compared with all products.
    ///   - threads: How many threads work.
    ///   - effort: How sure a search makes itself that no better product exists.
    ///   - progress: Called now and then with the share that is done, from 0 to 1, on the calling thread; what it throws
    ///     ends the work, as `CancellationError` of a cancelled task does.
    /// - Throws: What `progress` throws, and ``RecIndexError`` with code `corrupt` when the index was opened from a file
    ///   that turns out to be damaged.
    /// - Complexity: O(*n* · dimension · directions), with some 256 directions
    public init(
        _ index: ExactIndex,
        threads: Int = 1,
        effort: SearchEffort = .exact,
        progress: ((Double) throws -> Void)? = nil
    ) throws {
        precondition(threads > 0, "threads must be greater than zero")
        self.init(try index.segment.quantized(threads: threads, progress: progress), effort: effort)
    }
}

extension Segment {
    /// The same products with codes, if the space is one that codes can stand for and there are at least so many.
    ///
    /// - Throws: What `progress` throws, and ``RecIndexError`` with code `corrupt`.
    func quantized(
        from least: Int = 0,
        threads: Int = 1,
        progress: ((Double) throws -> Void)? = nil
    ) throws -> Segment {
        guard count >= least, let position = QuantizedBlock.position(in: self),
            case .dense(let block) = blocks[position]
        else { return self }
        try block.check(0..<block.rows.rowCount)
        let codes = try ProductCodes(
            rows: block.rows,
            isPresent: block.isPresent,
            settings: .automatic(count: block.rows.rowCount, dimension: block.rows.dimension),
            threads: threads,
            progress: progress
        )
        return with(codes)
    }
}
