/// The source of a picture.
public enum PictureSource: Sendable, Hashable {
    /// A file, by its path.
    case file(String)
    /// The bytes of a file; errors use `name` as its path.
    case data([UInt8], name: String? = nil)
    /// Pixels that are decoded already.
    case image(RGBImage)
}

extension PictureSource {
    /// The name of the source in errors.
    var name: String? {
        switch self {
        case .file(let path): path
        case .data(_, let name): name
        case .image: nil
        }
    }
}
