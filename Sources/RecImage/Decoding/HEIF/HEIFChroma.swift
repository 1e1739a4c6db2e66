#if HEIF
/// The chroma samples of a picture.
enum HEIFChroma: Equatable {
    case monochrome
    /// A quarter of the pixels (4:2:0).
    case quarter
    /// Half of them, side by side (4:2:2).
    case halfWidth
    /// All (4:4:4).
    case full
}
#endif
