import Foundation
import NIOPosix

/// The folders that pictures are served from: that of the catalogue, and that of products that were put.
///
/// A path is made from the picture's name in the index, never from what a client sends, and stays in its folder.
struct PictureFolders: Sendable {
    /// What names of uploaded pictures begin with in the index.
    static let uploadMark = "upload:"

    private let catalog: String?
    let uploads: String?

    init(_ settings: ShopSettings) {
        catalog = settings.catalog.map { Self.folder(of: $0) }
        uploads = settings.uploadFolder.map { URL(filePath: $0).standardizedFileURL.path }
    }

    /// A catalogue's own folder, or that of its file.
    private static func folder(of catalog: String) -> String {
        let url = URL(filePath: catalog).standardizedFileURL
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        return (isThere && !isFolder.boolValue ? url.deletingLastPathComponent() : url).path
    }

    /// Whether a name in the index is that of an uploaded picture, which never changes.
    static func isUploaded(_ name: String) -> Bool { name.hasPrefix(uploadMark) }

    /// Whether a file has a name as ``save(_:)`` gives.
    static func isUpload(_ file: some StringProtocol) -> Bool {
        file.utf8.count == 32 && file.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// Whether pictures of this name can be served, as far as the name tells.
    func serves(_ name: String) -> Bool { name.hasPrefix(Self.uploadMark) ? uploads != nil : catalog != nil }

    /// The path of a picture; `nil` when it is in none of the folders.
    func file(of name: String) async throws -> String? {
        if name.hasPrefix(Self.uploadMark) { return uploadedFile(of: name) }
        guard let catalog else { return nil }
        let parts = name.split(separator: "/")
        guard !parts.isEmpty, !parts.contains(".."), !name.utf8.contains(0) else { return nil }
        if name.hasPrefix(catalog + "/") { return name }
        // The catalogue has moved since it was indexed: the end of the path still tells the picture.
        return try await NIOThreadPool.singleton.runIfActive {
            (1...min(parts.count, 4)).reversed()
                .map { ([catalog[...]] + parts.suffix($0)).joined(separator: "/") }
                .first { FileManager.default.fileExists(atPath: $0) }
        }
    }
}
