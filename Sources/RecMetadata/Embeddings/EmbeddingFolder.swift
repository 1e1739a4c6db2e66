package import RecCore
internal import RecFiles

/// A folder of embeddings, as `rec-demo embed` prints them (JSON Lines) and Spark stores them (Parquet).
///
/// A row has a `path`, and an `embedding` or an `error`. It may have a `recipe`, the JSON object that
/// `rec-demo embed --recipe` writes; rows without one have that of the file `_recipe.json` in the folder. Hidden files
/// and others that begin with `_` are left out, as Spark leaves them out.
package struct EmbeddingFolder: Sendable {
    /// The name of the file of the recipe.
    package static let recipeName = "_recipe.json"

    private static let maximumDepth = 8
    private static let maximumRecipeSize = 1 << 20

    private let path: String

    /// Names a folder, or one file.
    package init(path: String) {
        self.path = path
    }

    /// Reads the embeddings of pictures, off the caller's actor.
    ///
    /// Vectors of other pictures are counted and not kept.
    ///
    /// - Parameters:
    ///   - pictures: The paths of the pictures.
    ///   - folder: The folder that relative paths of the rows start from.
    ///   - progress: Gets the number of files that were read.
    /// - Returns: The vectors of the pictures, and the errors in their place.
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `recipeMismatch`, `dimensionMismatch`,
    ///   `invalidEmbeddings`, `notParquet`, `corruptTable` or `unsupportedTable`; `CancellationError` soon after the
    ///   task is cancelled.
    @concurrent package func read(
        for pictures: some Sequence<String> & Sendable,
        in folder: String,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> EmbeddingTable {
        var files: [String] = []
        let isFile = try !list(path, depth: 0, to: &files)
        if isFile { files = [path] }
        files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let recipePath = (isFile ? FileSystem.folder(of: path) : path) + "/" + Self.recipeName
        let stated = try FileSystem.exists(recipePath) ? Self.recipe(at: recipePath) : nil
        guard !files.isEmpty else {
            throw RecError(.fileNotFound, path: path, "There is no file of embeddings, .parquet or .jsonl.")
        }
        var reader = EmbeddingReader(EmbeddingTable(recipe: stated, pictures: pictures, folder: folder))
        let reporter = ProgressReporter("reading embeddings", total: files.count, to: progress)
        for (number, file) in files.enumerated() {
            reporter.report(done: number)
            try Task.checkCancellation()
            do {
                try reader.read(file)
            } catch let error as RecError {
                throw error.at(file)
            }
        }
        guard reader.table.hasRecipe else {
            throw RecError(.invalidEmbeddings, path: path, "The files have no embedding, and no recipe is beside them.")
        }
        return reader.table
    }

    /// Adds the files of embeddings below a folder.
    ///
    /// - Returns: Whether there is such a folder; `false` for a file.
    private func list(_ folder: String, depth: Int, to files: inout [String]) throws(RecError) -> Bool {
        let names: [String]
        do throws(FileError) {
            names = try FileSystem.entries(ofFolder: folder)
        } catch {
            if FileSystem.exists(folder), error.isNotFound { return false }
            throw RecError(error)
        }
        for name in names where !name.hasPrefix(".") && !name.hasPrefix("_") {
            let path = "\(folder)/\(name)"
            if EmbeddingReader.reads(name) {
                files.append(path)
            } else if depth < Self.maximumDepth {
                _ = try list(path, depth: depth + 1, to: &files)
            }
        }
        return true
    }

    private static func recipe(at path: String) throws(RecError) -> Recipe {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileSystem.contents(ofFile: path, limit: maximumRecipeSize)
        } catch {
            throw RecError(error)
        }
        do throws(RecError) { return try Recipe(json: bytes.span) } catch { throw error.at(path) }
    }
}
