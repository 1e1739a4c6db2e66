import RecCore

/// The picture files of a folder by product.
struct PictureNames {
    private var nameOfID: [String: String] = [:]

    /// Assigns the names in a folder to products.
    ///
    /// - Parameters:
    ///   - names: File names without folders, in any order.
    ///   - extensions: The extensions of pictures without the dot, best first; case is ignored.
    init(_ names: [String], extensions: [String]) {
        let ranks = Dictionary(
            extensions.enumerated().map { ($1.lowercased(), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var pictures: [(rank: Int, stem: String, name: String)] = []
        for name in names {
            guard let dot = name.lastIndex(of: "."), dot != name.startIndex,
                let rank = ranks[name[name.index(after: dot)...].lowercased()]
            else { continue }
            pictures.append((rank, String(name[..<dot]), name))
        }
        pictures.sort { ($0.rank, $0.name) < ($1.rank, $1.name) }
        for picture in pictures where nameOfID[picture.stem] == nil { nameOfID[picture.stem] = picture.name }
        // Some copies of the data set have identifiers that are file names.
        for picture in pictures where nameOfID[picture.name] == nil { nameOfID[picture.name] = picture.name }
    }

    /// The file name of a product's picture, or `nil` when it has none.
    subscript(id: ProductID) -> String? { nameOfID[id.rawValue] }
}
