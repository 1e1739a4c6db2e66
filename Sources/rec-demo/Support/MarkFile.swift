#if Postgres
import Foundation
import RecCore
import RecFiles
import RecPostgres

/// The file of a mark: how far a follower of a table came.
struct MarkFile: Sendable {
    let path: String

    init(path: String) {
        self.path = path
    }

    /// The file beside the folder of a live index.
    init(beside folder: String) {
        path = URL(fileURLWithPath: folder).standardizedFileURL.path + ".mark"
    }

    /// Removes the file, if it is there: the next follower reads the whole table.
    func remove() throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }

    /// The mark, where there is one.
    func read() throws -> PostgresFeed.Mark? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            return try JSONDecoder().decode(PostgresFeed.Mark.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw RecError(.unreadableFile, path: path, "The file holds no mark of a feed; remove it to begin anew.")
        }
    }

    /// Stores the mark, whole or not at all.
    func write(_ mark: PostgresFeed.Mark) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let bytes = Array(try encoder.encode(mark))
        do throws(FileError) {
            try AtomicFile.write(to: path) { file throws(FileError) in try file.write(bytes) }
        } catch {
            throw RecError(error, writing: true)
        }
    }
}
#endif
