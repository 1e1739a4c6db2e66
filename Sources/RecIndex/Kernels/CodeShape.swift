internal import CRecKernels

/// The sizes of codes, from which those of all their arrays follow.
package struct CodeShape: Sendable, Hashable {
    /// Directions of a chunk.
    package static let chunk = Int(REC_CODE_CHUNK)
    /// Slots of a block, whose head codes lie interleaved.
    package static let lanes = Int(REC_CODE_LANES)

    /// Floats of a vector.
    package var dimension: Int
    /// Codes of a row's head; a multiple of ``chunk`` but in tests of the kernels, which ask for one of 8.
    package var headCount: Int
    /// Chunks of the middle.
    package var middleChunks: Int
    /// The number of lists.
    package var lists: Int
    /// The number of slots, a multiple of ``lanes``.
    package var slots: Int

    /// Creates a shape, of no lists and slots as long as they are not known.
    package init(dimension: Int, headChunks: Int, chunks: Int, lists: Int = 0, slots: Int = 0) {
        self.dimension = dimension
        headCount = headChunks * Self.chunk
        middleChunks = chunks - headChunks
        self.lists = lists
        self.slots = slots
    }

    /// The number of blocks of slots.
    package var blocks: Int { slots / Self.lanes }
    /// Chunks of the head, and of head and middle together.
    package var headChunks: Int { headCount / Self.chunk }
    package var chunks: Int { headChunks + middleChunks }
    /// Codes of a row's middle.
    package var middleCount: Int { middleChunks * Self.chunk }
    /// The number of directions.
    package var directionCount: Int { chunks * Self.chunk }

    /// Where the code of a direction lies in a block of heads.
    package static func headPlace(_ direction: Int, lane: Int) -> Int {
        direction / 4 * (4 * lanes) + lane * 4 + direction % 4
    }
}
