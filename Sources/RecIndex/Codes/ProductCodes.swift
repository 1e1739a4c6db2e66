package import RecFiles

/// A dense block in small codes with proven error bounds, list by list, for finding candidates.
///
/// A vector x is described in orthonormal directions v that catch the most variance, in chunks of 64:
///
///     y_j = <v_j, x - mean>,   code_j = round(y_j / step of the chunk),   offset = <mean, x>
///
/// The first chunks, the head, are scanned for all rows; the others, the middle, are read for those that the head leaves
/// in question; the exact vectors for those that the middle leaves. With q split in the same way, the Cauchy-Schwarz
/// inequality bounds what the codes say nothing about: by the norms of what lies outside the chunks (``tails``,
/// ``middleTails``), and by those of the codes' rounding errors (``errors``).
///
/// Rows lie in lists of neighbours, each padded to whole blocks of 16 slots. Rows that lack the block are in no list.
package struct ProductCodes: Sendable {
    /// Directions of a chunk.
    package static let chunk = 64
    /// Slots of a block, whose head codes lie interleaved.
    package static let lanes = 16
    /// What stands for a row in an unused slot.
    package static let noRow = UInt32.max

    /// Floats of a vector.
    package let dimension: Int
    /// Chunks of the head, and of head and middle together.
    package let headChunks: Int
    package let chunks: Int

    /// The mean that is taken off, `[dimension]`.
    package let mean: NumberArray<Float>
    /// Orthonormal directions, `[chunks * 64][dimension]`.
    package let directions: NumberArray<Float>
    /// What a code of 1 stands for, for each chunk; the same in all chunks of the head.
    package let steps: NumberArray<Float>
    /// The greatest norm of a row's rounding error, for each chunk.
    package let errors: NumberArray<Float>
    /// The greatest norm of a decoded head.
    package let headNorm: Float

    /// The first block of each list, and the end of the last.
    package let starts: NumberArray<UInt32>
    /// A centre of the decoded heads of each list, `[list][headChunks * 64]`.
    package let centers: NumberArray<Float>
    /// For each list: the greatest distance of a decoded head from the centre, the greatest and the mean offset, the
    /// greatest tail.
    package let radii: NumberArray<Float>
    package let greatestOffsets: NumberArray<Float>
    package let meanOffsets: NumberArray<Float>
    package let greatestTails: NumberArray<Float>

    /// Head codes from -127 to 127, `[block][headChunks * 16][16 slots][4 directions]`.
    package let head: NumberArray<Int8>
    /// <mean, x> of each slot.
    package let offsets: NumberArray<Float>
    /// The norm of each slot's vector outside the head.
    package let tails: NumberArray<Float>
    /// The row of each slot, or ``noRow``.
    package let rows: NumberArray<UInt32>
    /// The slots of each block that hold a row, a bit each.
    package let used: NumberArray<UInt16>

    /// Middle codes from -127 to 127, `[slot][chunks - headChunks][64]`.
    package let middle: NumberArray<Int8>
    /// The norms outside head and the middle's first chunks, `[slot][chunks - headChunks]`.
    package let middleTails: NumberArray<Float>

    /// Where mean and directions come from.
    var origin = CodeOrigin()

    /// Checks middle codes before they are used; `nil` when all are known to be good.
    var checks: FirstUseChecks?

    /// The number of lists.
    package var lists: Int { starts.count - 1 }
    /// The number of slots.
    package var slots: Int { rows.count }
    /// Codes of a row's head.
    package var headCount: Int { headChunks * Self.chunk }
    /// Chunks of the middle.
    package var middleChunks: Int { chunks - headChunks }

    /// Where the code of a direction lies in a block of heads.
    package static func headPlace(_ direction: Int, lane: Int) -> Int {
        direction / 4 * (4 * lanes) + lane * 4 + direction % 4
    }
}

extension ProductCodes {
    /// Checks the middle codes of some slots, unless they were checked before.
    ///
    /// - Throws: ``RecIndexError`` with code `corrupt`.
    func check(_ slots: some Sequence<Int>) throws(RecIndexError) {
        try checks?.check(slots, "codes in slot") { middleChecksum(of: $0) }
    }

    /// The checksum of the middle codes of a slot, followed by its middle tails.
    func middleChecksum(of slot: Int) -> UInt32 {
        var checksum = CRC32C()
        let size = middleChunks * Self.chunk
        middle.withBytes(slot * size..<(slot + 1) * size) { checksum.update($0) }
        middleTails.withBytes(slot * middleChunks..<(slot + 1) * middleChunks) { checksum.update($0) }
        return checksum.value
    }
}
