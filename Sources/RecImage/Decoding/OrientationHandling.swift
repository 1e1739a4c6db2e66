/// What to do about a camera that was not held upright.
public enum OrientationHandling: String, Sendable, Hashable, CaseIterable {
    /// Turn and mirror the picture as its EXIF (or XMP) entry says.
    case apply
    /// Leave the picture as it is stored, as Keras and torchvision's folders do.
    case ignore
}
