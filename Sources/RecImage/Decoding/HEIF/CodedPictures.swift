#if HEIF
/// Pictures that a decoder has in memory at the same time.
struct CodedPictures {
    /// The size of the largest.
    let size: ImageSize
    /// Their number.
    let count: Int

    /// The pixels of all; of a single picture without the 63 columns and rows at most that fill up its last blocks.
    var pixelCount: Int {
        guard count > 1 else {
            return max(min(size.width, 1), size.width - 63) * max(min(size.height, 1), size.height - 63)
        }
        let (product, isTooLarge) = allPixels.multipliedReportingOverflow(by: count)
        return isTooLarge ? .max : product
    }

    /// The pixels of one.
    private var allPixels: Int { size.width * size.height }
}
#endif
