import RecCore
import RecFiles

/// Reads a catalogue in the layout of the Kaggle *Fashion Product Images Dataset*: `styles.csv` and `images/ID.jpg`.
///
/// ```swift
/// let catalogue = try await KaggleCatalogue(path: "fashion-dataset").read()
/// ```
/// The files may also lie in a folder within the folder, as in the download. A product without a picture is still read,
/// without `Product.picture`, and reported. Hidden folders and `__MACOSX`, where programs keep copies, are left out.
public struct KaggleCatalogue: CatalogueReader {
    /// The name of the table.
    static let tableName = "styles.csv"

    /// The name of the folder of pictures.
    static let pictureFolderName = "images"

    /// The folder that holds the catalogue, directly or in a subfolder.
    let path: String

    /// The format of the table.
    let format: CSVFormat

    /// The file name extensions of pictures without the dot, best first.
    let pictureExtensions: [String]

    /// Creates a reader of a folder.
    ///
    /// - Parameters:
    ///   - path: The folder that holds the catalogue, directly or in a subfolder.
    ///   - format: The format of the table.
    ///   - pictureExtensions: The file name extensions of pictures without the dot, best first; case is ignored. When
    ///     there are several files for a product, the extension that comes first here wins, then the file name that
    ///     sorts first.
    public init(
        path: String,
        format: CSVFormat = CSVFormat(),
        pictureExtensions: [String] = [
            "jpg", "jpeg", "jpe", "jfif", "pjpeg", "pjp", "png", "webp", "avif", "heic", "heif",
        ]
    ) {
        self.path = path
        self.format = format
        self.pictureExtensions = pictureExtensions
    }

    /// Reads all products.
    ///
    /// The folder of pictures is listed once; no picture is opened. Paths are built from listed names only, never from
    /// identifiers. Names are compared byte for byte; a name that differs in its Unicode form alone counts when exactly
    /// one file and one product have it. A name that is not UTF-8 is written with code points from U+10F780 on for its
    /// other bytes, and readers of this package open it.
    ///
    /// When products lack pictures, the report says whether files have their identifiers with leading zeros, and whether
    /// pictures lie in folders within the folder. They are not assigned.
    ///
    /// - Throws: `RecError` as ``CSVCatalogue/read()`` does; `fileNotFound` also when neither the folder nor a folder
    ///   in it has a table, `ambiguousCatalogue` when several folders in it have one. `CancellationError` soon after
    ///   the task is cancelled.
    @concurrent
    public func read() async throws -> Catalogue {
        try readFiles()
    }

    /// Does the same as the asynchronous function, on the thread of the caller.
    package func read() throws -> Catalogue {
        try readFiles()
    }

    private func readFiles() throws -> Catalogue {
        let root = try rootFolder()
        let (table, lines) = try CSVCatalogue(path: root.appending(path: Self.tableName), format: format).readTable()
        var catalogue = table
        let folder = root.appending(path: Self.pictureFolderName)
        let names: [String]
        do throws(FileError) {
            names = try FileSystem.entries(ofFolder: folder)
        } catch  where error.isNotFound {
            names = []
            catalogue.report.notices.append(CatalogueIssue(.missingFolder, "there is no folder \(folder)"))
        } catch {
            throw RecError(error)
        }
        try assignPictures(names, folder, to: &catalogue, lines)
        return catalogue
    }

    private func assignPictures(
        _ names: [String],
        _ folder: String,
        to catalogue: inout Catalogue,
        _ lines: [Int32]
    ) throws {
        let pictures = PictureNames(names, extensions: pictureExtensions, ids: catalogue.products.map(\.id))
        let ambiguous = Set(pictures.ambiguous)
        var missing: [ProductID] = []
        for index in catalogue.products.indices {
            if index.isMultiple(of: 256) { try Task.checkCancellation() }
            if let name = pictures.assigned[index] {
                catalogue.products[index].picture = folder.appending(path: name)
                continue
            }
            let id = catalogue.products[index].id
            missing.append(id)
            let message =
                ambiguous.contains(index)
                ? "names in \(folder) differ from the identifier in their Unicode form, and it is not clear which is meant; "
                    + "rename the file" : "no picture in \(folder)"
            catalogue.report.missingPictures.append(
                CatalogueIssue(.missingPicture, line: Int(lines[index]), product: id, message)
            )
        }
        let hints = PictureHints(folder: folder, extensions: pictureExtensions)
        for notice in hints.notices(missing: missing, names: names, stems: pictures.unclaimedStems) {
            catalogue.report.notices.append(notice)
        }
    }

    /// Whether a name is that of a file or folder that programs keep for themselves.
    static func isHidden(_ name: String) -> Bool {
        name.hasPrefix(".") || name == "__MACOSX"
    }

    /// The folder with the table: the given one, or its only subfolder with a table.
    private func rootFolder() throws(RecError) -> String {
        let names: [String]
        do throws(FileError) {
            names = try FileSystem.entries(ofFolder: path)
        } catch {
            throw RecError(error)
        }
        if names.contains(Self.tableName) { return path }
        let folders = names.filter { !Self.isHidden($0) }.sorted().map { path.appending(path: $0) }
        let candidates = folders.filter { (try? FileSystem.entries(ofFolder: $0))?.contains(Self.tableName) ?? false }
        guard let root = candidates.first else {
            throw RecError(
                .fileNotFound,
                path: path.appending(path: Self.tableName),
                "There is no such file, and no folder in '\(path)' has one. Give the folder that holds "
                    + "\(Self.tableName) and \(Self.pictureFolderName)/."
            )
        }
        guard candidates.count == 1 else {
            let list = candidates.prefix(10).joined(separator: ", ")
            throw RecError(
                .ambiguousCatalogue,
                path: path,
                "Several folders have a \(Self.tableName): \(list). Give one of them."
            )
        }
        return root
    }
}
