import Foundation

/// The files that the gallery page is made of, as they lie in the source tree.
enum PageSource {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent()
        .appending(path: "../../../Sources/rec-demo/Report/Page")
        .standardizedFileURL

    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}
