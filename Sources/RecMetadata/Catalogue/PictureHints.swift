internal import RecCore
internal import RecFiles

/// Finds why products lack pictures that seem to be there: identifiers that lost leading zeros, and pictures in folders
/// within the folder.
///
/// Nothing is assigned, since another product may be meant; the report says what to do.
struct PictureHints {
    private let folder: String
    private let extensions: [String]

    private static let maximumFolderCount = 2000
    private static let maximumNameCount = 1 << 20

    init(folder: String, extensions: [String]) {
        self.folder = folder
        self.extensions = extensions
    }

    /// The notices about products without a picture.
    ///
    /// The names are those in the folder, the stems those of the pictures that no product has.
    func notices(missing ids: [ProductID], names: [String], stems: Set<ByteString>) -> [CatalogueIssue] {
        guard !ids.isEmpty else { return [] }
        var files = stems.map { ($0.text, $0.text) }
        var nested = 0
        var nestedExample = ""
        let lower = nestedPictures(names)
        let placeOfStem = Dictionary(
            lower.map { (ByteString($0.stem), $0.place) },
            uniquingKeysWith: { first, _ in first }
        )
        files += lower.map { ($0.stem, $0.place) }
        var placeOfNumber: [String: String] = [:]
        for (stem, place) in files where stem.hasPrefix("0") && stem.isDigits {
            placeOfNumber[stem.withoutLeadingZeros] = placeOfNumber[stem.withoutLeadingZeros] ?? place
        }
        var shortened = 0
        var shortenedExample = ""
        for id in ids.lazy.map(\.rawValue) {
            var place = placeOfStem[ByteString(id)]
            if id.isDigits, let number = placeOfNumber[id.withoutLeadingZeros], place == nil {
                if shortened == 0 { shortenedExample = "\(id) and \(number)" }
                shortened += 1
                place = number.contains("/") ? number : nil
            }
            if let place {
                if nested == 0 { nestedExample = "\(id) and \(place)" }
                nested += 1
            }
        }
        var notices: [CatalogueIssue] = []
        if shortened > 0 {
            notices.append(
                CatalogueIssue(
                    .lostZeros,
                    "\(shortened) products without a picture have one but for leading zeros of the identifier, as in "
                        + "\(shortenedExample); a spreadsheet or pandas took it for a number. Write the column as text "
                        + "(pandas: dtype=str) and read it again"
                )
            )
        }
        if nested > 0 {
            notices.append(
                CatalogueIssue(
                    .nestedPictures,
                    "\(nested) products without a picture have one in a folder within \(folder), as in \(nestedExample); "
                        + "move the pictures into \(folder) itself"
                )
            )
        }
        return notices
    }

    /// The pictures in folders within the folder, two levels deep, by stem and place.
    private func nestedPictures(_ names: [String]) -> [(stem: String, place: String)] {
        var result: [(stem: String, place: String)] = []
        var open = names.filter(isFolderName).map { ($0, 1) }
        var folders = 0
        while let (place, depth) = open.popLast(), folders < Self.maximumFolderCount,
            result.count < Self.maximumNameCount
        {
            guard let inner = try? FileSystem.entries(ofFolder: "\(folder)/\(place)") else { continue }
            folders += 1
            result += PictureNames.stems(among: inner, extensions).map { ($0.stem, "\(place)/\($0.name)") }
            if depth < 2 { open += inner.filter(isFolderName).map { ("\(place)/\($0)", depth + 1) } }
        }
        return result.sorted { ByteString($0.place) < ByteString($1.place) }
    }

    /// Whether a name may be that of a folder of pictures.
    private func isFolderName(_ name: String) -> Bool {
        !KaggleCatalogue.isHidden(name) && PictureNames.stems(among: [name], extensions).isEmpty
    }
}

extension String {
    fileprivate var isDigits: Bool { !isEmpty && utf8.allSatisfy { 0x30...0x39 ~= $0 } }

    fileprivate var withoutLeadingZeros: String { String(drop { $0 == "0" }) }
}
