/// The handling of the orientation tag of a picture.
public enum OrientationHandling: String, Sendable, Hashable, CaseIterable {
    /// Rotate and mirror the picture according to its EXIF (or XMP) tag.
    case apply
    /// Use the picture as stored, like Keras and torchvision's folders.
    case ignore
}
