/// The source of a picture.
public enum PictureSource: Sendable {
    /// A file, by its path.
    case file(String)
    /// The bytes of a file; errors use `name` as its path.
    case data([UInt8], name: String? = nil)
    /// The bytes of a file, fetched when they are needed, for example from a database or object storage.
    ///
    /// The closure may be called more than once; its errors are those of the picture.
    case deferred(name: String? = nil, bytes: @Sendable () async throws -> [UInt8])
    /// Pixels that are decoded already.
    case image(RGBImage)
}

extension PictureSource {
    /// The name of the source in errors.
    var name: String? {
        switch self {
        case .file(let path): path
        case .data(_, let name), .deferred(let name, _): name
        case .image: nil
        }
    }

    /// Whether the bytes must be fetched first.
    var isDeferred: Bool {
        if case .deferred = self { true } else { false }
    }

    /// The source with its bytes in place of the closure that fetches them.
    ///
    /// - Throws: The error of the closure.
    func loaded() async throws -> PictureSource {
        guard case .deferred(let name, let bytes) = self else { return self }
        return .data(try await bytes(), name: name)
    }
}
