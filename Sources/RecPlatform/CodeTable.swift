internal import CRecKernels

/// The codes of many vectors in blocks of 16 slots; `rec_codes` in CRecKernels says how they are laid out.
@safe
package struct CodeTable: Sendable {
    private let head: NumberArray<Int8>
    private let offsets: NumberArray<Float>
    private let tails: NumberArray<Float>
    private let patterns: NumberArray<UInt32>
    private let used: NumberArray<UInt16>
    private let middle: NumberArray<Int8>
    private let middleTails: NumberArray<Float>
    private let headDimensions: Int
    private let middleChunks: Int
    private let patternCount: Int

    /// Slots of a block.
    package static let lanes = Int(REC_CODE_LANES)

    /// - Precondition: All parts have the sizes that the number of slots asks for, and each pattern is less than
    ///   `patternCount`.
    package init(
        head: NumberArray<Int8>,
        offsets: NumberArray<Float>,
        tails: NumberArray<Float>,
        patterns: NumberArray<UInt32>,
        patternCount: Int,
        used: NumberArray<UInt16>,
        middle: NumberArray<Int8>,
        middleTails: NumberArray<Float>,
        headDimensions: Int,
        middleChunks: Int
    ) {
        let slots = patterns.count
        precondition(slots % Self.lanes == 0 && used.count == slots / Self.lanes, "whole blocks of slots")
        precondition(headDimensions % 4 == 0 && head.count == slots * headDimensions, "head codes of all slots")
        precondition(offsets.count == slots && tails.count == slots, "offsets and tails of all slots")
        precondition(middle.count == slots * middleChunks * Int(REC_CODE_CHUNK), "middle codes of all slots")
        precondition(middleTails.count == slots * middleChunks, "middle tails of all slots")
        precondition(patterns.areAll(below: patternCount), "patterns")
        self.head = head
        self.offsets = offsets
        self.tails = tails
        self.patterns = patterns
        self.patternCount = patternCount
        self.used = used
        self.middle = middle
        self.middleTails = middleTails
        self.headDimensions = headDimensions
        self.middleChunks = middleChunks
    }

    /// The number of blocks.
    package var blocks: Int { used.count }

    /// Lends a search with one query.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - allowed: A bit for each slot, 16 slots a number; all slots when `nil`.
    ///   - portable: Whether to use the portable kernels, for tests to compare with.
    ///   - body: Searches.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    /// - Precondition: The query has the sizes of the table, and `allowed` a number for each block.
    package func search<Value, Failure: Error>(
        _ query: CodeQuery,
        allowed: [UInt16]?,
        portable: Bool = false,
        _ body: (borrowing CodeSearch) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        precondition(query.head.count == headDimensions && query.patterns.count == 2 * patternCount, "query sizes")
        precondition(query.middle.count == middleChunks * Int(REC_CODE_CHUNK), "query sizes")
        precondition(query.middleTerms.count == middleChunks, "query sizes")
        precondition(allowed.map { $0.count == used.count } ?? true, "a number for each block")
        return try unsafe head.withPointer { head throws(Failure) in
            try unsafe offsets.withPointer { offsets throws(Failure) in
                try unsafe tails.withPointer { tails throws(Failure) in
                    try unsafe patterns.withPointer { patterns throws(Failure) in
                        try unsafe used.withPointer { used throws(Failure) in
                            try unsafe middle.withPointer { middle throws(Failure) in
                                try unsafe middleTails.withPointer { middleTails throws(Failure) in
                                    let codes = unsafe rec_codes(
                                        head: head,
                                        offsets: offsets,
                                        tails: tails,
                                        patterns: patterns,
                                        used: used,
                                        middle: middle,
                                        middle_tails: middleTails,
                                        head_dimensions: headDimensions,
                                        middle_chunks: middleChunks
                                    )
                                    return try unsafe query.withPointers { query throws(Failure) in
                                        try body(
                                            unsafe CodeSearch(
                                                codes,
                                                query,
                                                allowed: allowed,
                                                blocks: blocks,
                                                portable: portable
                                            )
                                        )
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
