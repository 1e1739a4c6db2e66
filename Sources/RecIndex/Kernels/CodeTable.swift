internal import CRecKernels
package import RecFiles

/// The codes of many vectors in blocks of 16 slots; `rec_codes` in CRecKernels says how they are laid out.
///
/// A class, so that searches keep its numbers where they are.
@safe
package final class CodeTable: Sendable {
    private let head: NumberArray<Int8>
    private let offsets: NumberArray<Float>
    private let tails: NumberArray<Float>
    private let patterns: NumberArray<UInt32>
    private let used: NumberArray<UInt16>
    private let middle: NumberArray<Int8>
    private let middleTails: NumberArray<Float>
    private let headDimensions: Int
    private let middleChunks: Int
    /// The number of patterns.
    package let patternCount: Int

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
        precondition(headDimensions % 8 == 0 && head.count == slots * headDimensions, "head codes of all slots")
        precondition(offsets.count == slots && tails.count == slots, "offsets and tails of all slots")
        precondition(middle.count == slots * middleChunks * Int(REC_CODE_CHUNK), "middle codes of all slots")
        precondition(middleTails.count == slots * middleChunks, "middle tails of all slots")
        precondition(patterns.areAll(below: patternCount), "patterns")
        self.head = head.pinned()
        self.offsets = offsets.pinned()
        self.tails = tails.pinned()
        self.patterns = patterns.pinned()
        self.patternCount = patternCount
        self.used = used.pinned()
        self.middle = middle.pinned()
        self.middleTails = middleTails.pinned()
        self.headDimensions = headDimensions
        self.middleChunks = middleChunks
    }

    /// The number of blocks.
    package var blocks: Int { used.count }

    /// Whether a query has the sizes of the table.
    func suits(_ query: CodeQuery) -> Bool {
        query.head.count == headDimensions && query.patternCount == patternCount
            && query.middle.count == middleChunks * Int(REC_CODE_CHUNK) && query.middleTerms.count == middleChunks
    }

    /// The table for the kernels, good as long as it lives.
    @unsafe
    var raw: rec_codes {
        unsafe rec_codes(
            head: head.pinnedAddress,
            offsets: offsets.pinnedAddress,
            tails: tails.pinnedAddress,
            patterns: patterns.pinnedAddress,
            used: used.pinnedAddress,
            middle: middle.pinnedAddress,
            middle_tails: middleTails.pinnedAddress,
            head_dimensions: headDimensions,
            middle_chunks: middleChunks
        )
    }
}
