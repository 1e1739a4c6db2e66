import ArgumentParser
import Foundation
import RecEngines
import RecIndex

/// The place of an index: the path of a file or folder.
struct IndexAddress: ExpressibleByArgument {
    /// The text of the argument.
    let text: String

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        text = argument
    }

    /// A short name for titles.
    var name: String { URL(fileURLWithPath: text).lastPathComponent }

    /// Opens the index.
    func open() async throws -> any AnnotatedIndex { try Index.open(path: text) }
}
