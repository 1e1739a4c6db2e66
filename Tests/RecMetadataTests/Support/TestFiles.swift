import Foundation

/// Files that tests read: committed fixtures, and the real table where it is at hand.
enum TestFiles {
    /// Decodes a JSON file below `Fixtures`.
    static func fixture<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        let url = Bundle.module.bundleURL.appending(path: "Fixtures/\(name)")
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
    }

    /// The path of something among the real data, or `nil` where there is none.
    ///
    /// It is looked for in the folder that the environment variable `REC_SHARED_DATA` names, then in `shared/data`
    /// beside the package or one folder further up.
    static func sharedData(_ name: String) -> String? {
        let package = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
        let folders =
            [ProcessInfo.processInfo.environment["REC_SHARED_DATA"]].compactMap(\.self)
            + ["../shared/data", "../../shared/data"].map { package.appending(path: $0).standardizedFileURL.path }
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.fileExists(atPath: $0) }
    }
}

/// A folder that is removed when the last reference to it goes.
final class TemporaryFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "rec-metadata-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file, with the folders above it.
    func write(_ content: String, to name: String) throws {
        let url = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: url)
    }
}
