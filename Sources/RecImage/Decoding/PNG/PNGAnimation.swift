#if PNG
internal import RecCore

/// The order of the chunks of an animated PNG; its first frame is the picture.
struct PNGAnimation {
    private var frameCount: Int?
    private var sequenceNumber: Int?
    private var hasFrameBeforeData = false

    /// Whether the file has more than one picture.
    var isAnimated: Bool {
        guard let frameCount else { return false }
        return frameCount > 1 || !hasFrameBeforeData
    }

    private var isInData = false

    /// Notes that the pixels begin.
    mutating func startData() { isInData = true }

    /// Reads a chunk of animations.
    ///
    /// - Throws: `RecError` with code `corruptImage` for frames out of order, and `unsupportedImage` when the first frame
    ///   is a part of the picture.
    mutating func read(_ chunk: PNGChunk, in bytes: Span<UInt8>, size: ImageSize?) throws {
        switch chunk.name {
        case "acTL":
            let count = bytes.uint32(at: chunk.start)
            frameCount = frameCount == nil && (1...0x8000_0000).contains(count) ? count : nil
        case "fcTL":
            try follow(bytes.uint32(at: chunk.start))
            let sides = [4, 8, 12, 16].map { bytes.uint32(at: chunk.start + $0) }
            guard let size, sides[0] + sides[2] <= size.width, sides[1] + sides[3] <= size.height else {
                throw RecError(.corruptImage, "a frame of the animated PNG is larger than the picture")
            }
            guard !isInData else { return }
            hasFrameBeforeData = true
            guard ImageSize(width: sides[0], height: sides[1]) == size else {
                throw RecError(.unsupportedImage, "the first frame of the animated PNG is not the whole picture")
            }
        default:
            guard sequenceNumber != nil else {
                throw RecError(.corruptImage, "the animated PNG has a frame without a header")
            }
            try follow(bytes.uint32(at: chunk.start))
        }
    }

    /// Checks that frames come in order.
    private mutating func follow(_ number: Int) throws {
        guard number == sequenceNumber.map({ $0 + 1 }) ?? 0 else {
            throw RecError(.corruptImage, "frames of the animated PNG are missing or out of order")
        }
        sequenceNumber = number
    }
}
#endif
