package import RecCore
internal import RecFiles

/// A recipe as a file: a JSON object of texts on one line, whose order counts.
package enum RecipeFile {
    /// Writes a recipe; the file appears as a whole.
    ///
    /// - Throws: `RecError` with code `unwritable`.
    package static func write(_ recipe: Recipe, to path: String) throws(RecError) {
        let line = JSONValue.object(recipe.fields.map { ($0.name, .string($0.value)) }).text + "\n"
        do throws(FileError) {
            try AtomicFile.write(to: path) { file throws(FileError) in try file.write(Array(line.utf8)) }
        } catch {
            throw RecError(error, writing: true)
        }
    }
}
