/// Where a picture comes from.
public enum PictureSource: Sendable, Hashable {
    /// A file, by its path.
    case file(String)
    /// The bytes of a file; `name` is what errors call it.
    case data([UInt8], name: String? = nil)
    /// Pixels that are decoded already.
    case image(RGBImage)
}

extension PictureSource {
    /// What errors call it.
    var name: String? {
        switch self {
        case .file(let path): path
        case .data(_, let name): name
        case .image: nil
        }
    }
}
