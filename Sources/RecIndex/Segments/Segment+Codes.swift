extension Segment {
    /// The same products with codes, if the space is one that codes can stand for and there are at least so many.
    ///
    /// - Throws: What `progress` throws, and `RecError` with code `corrupt`.
    func quantized(
        from least: Int = 0,
        threads: Int = 1,
        progress: ((Double) throws -> Void)? = nil
    ) throws -> Segment {
        guard count >= least, let block = QuantizedBlock.vectors(of: embeddings)?.block else { return self }
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

    /// The same products with a graph of their vectors, if there are any.
    ///
    /// - Throws: What `progress` throws, and `RecError` with code `corrupt`.
    func linked(threads: Int = 1, progress: ((Double) throws -> Void)? = nil) throws -> Segment {
        guard let block = QuantizedBlock.vectors(of: embeddings)?.block else { return self }
        try block.check(0..<block.rows.rowCount)
        let graph = try ProductGraph(rows: block.rows, isPresent: block.isPresent, threads: threads, progress: progress)
        return graph.shape.count > 0 ? with(graph) : self
    }
}
