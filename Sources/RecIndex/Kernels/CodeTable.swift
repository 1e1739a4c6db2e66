internal import CRecKernels
package import RecFiles

/// The codes of many vectors in blocks of 16 slots; `rec_codes` in CRecKernels says how they are laid out.
///
/// A class, so that searches keep its numbers where they are.
@safe
package final class CodeTable: Sendable {
    private let arrays: CodeArrays
    private let shape: CodeShape
    private let patterns: NumberArray<UInt32>
    /// The number of patterns.
    package let patternCount: Int

    /// What the kernels read.
    private static let parts: Set<CodePart> = [.slots, .head, .middle, .middleTails]

    /// - Parameters:
    ///   - arrays: Slots with their codes.
    ///   - shape: The sizes of the arrays.
    ///   - patterns: The number of each slot's pattern.
    ///   - patternCount: The number of patterns.
    /// - Precondition: The arrays that the kernels read have the sizes of the shape, and each pattern is less than
    ///   `patternCount`.
    package init(_ arrays: CodeArrays, _ shape: CodeShape, patterns: NumberArray<UInt32>, patternCount: Int) {
        precondition(shape.slots % CodeShape.lanes == 0 && shape.headCount % 8 == 0, "whole blocks of slots")
        let misfit = arrays.misfit(shape, in: Self.parts)
        precondition(misfit == nil, "\(misfit?.name ?? "") of another size")
        precondition(patterns.count == shape.slots && patterns.areAll(below: patternCount), "a pattern for each slot")
        self.arrays = arrays.pinned(Self.parts)
        self.shape = shape
        self.patterns = patterns.pinned()
        self.patternCount = patternCount
    }

    /// The number of blocks.
    package var blocks: Int { shape.blocks }

    /// Whether a query has the sizes of the table.
    func suits(_ query: CodeQuery) -> Bool {
        query.head.count == shape.headCount && query.patternCount == patternCount
            && query.middle.count == shape.middleCount && query.middleTerms.count == shape.middleChunks
    }

    /// The table for the kernels, good as long as it lives.
    @unsafe
    var raw: rec_codes {
        unsafe rec_codes(
            head: arrays.head.pinnedAddress,
            offsets: arrays.offsets.pinnedAddress,
            tails: arrays.tails.pinnedAddress,
            patterns: patterns.pinnedAddress,
            used: arrays.used.pinnedAddress,
            middle: arrays.middle.pinnedAddress,
            middle_tails: arrays.middleTails.pinnedAddress,
            head_dimensions: shape.headCount,
            middle_chunks: shape.middleChunks
        )
    }
}
