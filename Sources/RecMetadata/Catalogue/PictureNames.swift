internal import RecCore
internal import RecFiles

/// The picture files of a folder by product.
///
/// A file belongs to the product whose identifier is its name without the extension, or with it, byte for byte. A
/// product without such a file gets the one whose name differs in the Unicode form alone, or has bytes that are not
/// UTF-8 and reads as the identifier in Windows-1252, if there is exactly one such file and one such product.
struct PictureNames {
    /// A file.
    private struct File {
        let rank: Int
        let stem: String
        let name: String
    }

    /// The files, best first.
    private let files: [File]

    /// For each product, the name of its file.
    private(set) var assigned: [String?] = []

    /// The products whose file could be one of several, or belong to one of several products.
    private(set) var ambiguous: [Int] = []

    /// The stems of the files that no product got.
    private(set) var unclaimedStems: Set<ByteString> = []

    /// Assigns the names in a folder to products.
    ///
    /// The extensions come without the dot, best first; their case is ignored.
    init(_ names: [String], extensions: [String], ids: [ProductID]) {
        files = Self.pictures(among: names, extensions).sorted { one, other in
            one.rank == other.rank ? ByteString(one.name) < ByteString(other.name) : one.rank < other.rank
        }
        var fileOfKey = [ByteString: Int](minimumCapacity: files.count * 2)
        for (index, file) in files.enumerated() where fileOfKey[ByteString(file.stem)] == nil {
            fileOfKey[ByteString(file.stem)] = index
        }
        // Some copies of the data set have identifiers that are file names.
        for (index, file) in files.enumerated() where fileOfKey[ByteString(file.name)] == nil {
            fileOfKey[ByteString(file.name)] = index
        }
        unclaimedStems = Set(files.map { ByteString($0.stem) })
        assigned = ids.map { id in
            guard let file = fileOfKey[ByteString(id.rawValue)].map({ files[$0] }) else { return nil }
            unclaimedStems.remove(ByteString(file.stem))
            return file.name
        }
        assignOtherForms(ids, fileOfKey)
    }

    /// The picture files among names in a folder, with the rank of their extensions.
    private static func pictures(among names: [String], _ extensions: [String]) -> [File] {
        let ranks = Dictionary(
            extensions.enumerated().map { ($1.lowercased(), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return names.compactMap { name in
            guard let dot = name.unicodeScalars.lastIndex(of: "."), dot != name.startIndex,
                // What macOS writes beside a file on other file systems.
                !name.hasPrefix("._"), let rank = ranks[name[dot...].dropFirst().lowercased()]
            else { return nil }
            return File(rank: rank, stem: String(name[..<dot]), name: name)
        }
    }

    /// The names of pictures without extension, for hints about folders that are not read.
    static func stems(among names: [String], _ extensions: [String]) -> [(stem: String, name: String)] {
        pictures(among: names, extensions).map { ($0.stem, $0.name) }
    }

    private mutating func assignOtherForms(_ ids: [ProductID], _ fileOfKey: [ByteString: Int]) {
        // Only text beyond ASCII has several forms. Keys are strings, which Swift compares by canonical equivalence.
        let rest = ids.indices.filter { assigned[$0] == nil && !ids[$0].rawValue.utf8.allSatisfy { $0 < 0x80 } }
        guard !rest.isEmpty else { return }
        var stemsOfForm: [String: Set<ByteString>] = [:]
        for stem in unclaimedStems where !stem.text.utf8.allSatisfy({ $0 < 0x80 }) {
            var forms: Set<String> = [stem.text]
            if PathText.hasBytes(stem.text) {
                forms = [
                    PathText.reading(stem.text) { TextDecoder.windows1252Scalar($0) },
                    PathText.reading(stem.text) { _ in "\u{FFFD}" },
                ]
            }
            for form in forms { stemsOfForm[form, default: []].insert(stem) }
        }
        let countOfForm = Dictionary(rest.map { (ids[$0].rawValue, 1) }, uniquingKeysWith: +)
        for index in rest {
            guard let stems = stemsOfForm[ids[index].rawValue] else { continue }
            if stems.count == 1, countOfForm[ids[index].rawValue] == 1, let stem = stems.first,
                let file = fileOfKey[stem]
            {
                assigned[index] = files[file].name
                unclaimedStems.remove(stem)
            } else {
                ambiguous.append(index)
            }
        }
    }
}
