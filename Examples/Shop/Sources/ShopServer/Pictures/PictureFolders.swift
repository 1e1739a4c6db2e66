import Foundation
import NIOPosix

/// The folders that pictures are served from: that of the catalogue, and that of products that were put.
///
/// A path is made from the picture's name in the index, never from what a client sends, and stays in its folder.
struct PictureFolders: Sendable {
    /// What names of uploaded pictures begin with in the index.
    private static let uploadMark = "upload:"

    private let catalog: String?
    private let uploads: String?

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
    private static func isUpload(_ file: some StringProtocol) -> Bool {
        file.utf8.count == 32 && file.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// Whether pictures of this name can be served, as far as the name tells.
    func serves(_ name: String) -> Bool { name.hasPrefix(Self.uploadMark) ? uploads != nil : catalog != nil }

    /// The path of a picture; `nil` when it is in none of the folders.
    func file(of name: String) -> String? {
        if name.hasPrefix(Self.uploadMark) {
            let rest = name.dropFirst(Self.uploadMark.count)
            guard let uploads, Self.isUpload(rest) else { return nil }
            return "\(uploads)/\(rest)"
        }
        guard let catalog else { return nil }
        let parts = name.split(separator: "/")
        guard !parts.isEmpty, !parts.contains(".."), !name.utf8.contains(0) else { return nil }
        if name.hasPrefix(catalog + "/") { return name }
        // The catalogue has moved since it was indexed: the end of the path still tells the picture.
        for count in stride(from: min(parts.count, 4), to: 0, by: -1) {
            let path = ([catalog[...]] + parts.suffix(count)).joined(separator: "/")
            if FileManager.default.fileExists(atPath: path) { return path }
        }
        return nil
    }
}

// MARK: - Pictures that are put

extension PictureFolders {
    /// What names of files that are being written end with.
    private static let unfinished = ".part"

    /// How long a picture that no product names is kept: its product may be on the way into the index.
    private static let orphanAge: TimeInterval = 3600

    /// Stores a picture under a name that no picture has, durably.
    ///
    /// - Returns: The name for the index.
    func save(_ bytes: [UInt8]) async throws -> String {
        guard let uploads else { throw ShopError.noUploads }
        let name = (0..<16).map { _ in UInt8.random(in: 0...255) }.hexadecimal
        try await NIOThreadPool.singleton.runIfActive {
            try FileManager.default.createDirectory(atPath: uploads, withIntermediateDirectories: true)
            let path = "\(uploads)/\(name)"
            guard FileManager.default.createFile(atPath: path + Self.unfinished, contents: nil),
                let file = FileHandle(forWritingAtPath: path + Self.unfinished)
            else { throw CocoaError(.fileWriteUnknown) }
            try file.write(contentsOf: Data(bytes))
            try file.synchronize()
            try file.close()
            try FileManager.default.moveItem(atPath: path + Self.unfinished, toPath: path)
            // The new name is in the folder, which has to be on the disk as well.
            let folder = FileHandle(forReadingAtPath: uploads)
            try folder?.synchronize()
            try folder?.close()
        }
        return Self.uploadMark + name
    }

    /// Removes a picture that was put; those of the catalogue stay.
    func delete(_ name: String) async {
        guard name.hasPrefix(Self.uploadMark), let path = file(of: name) else { return }
        _ = try? await NIOThreadPool.singleton.runIfActive { try FileManager.default.removeItem(atPath: path) }
    }

    /// Removes pictures that no product names: a server that stops between two steps of a change leaves one.
    ///
    /// - Parameter names: The names of all pictures in the index.
    /// - Returns: The number of removed files.
    /// - Throws: The errors of the file system.
    func removeOrphans(except names: Set<String>) async throws -> Int {
        guard let uploads else { return 0 }
        return try await NIOThreadPool.singleton.runIfActive {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: uploads)) ?? []
            var count = 0
            for file in files where !names.contains(Self.uploadMark + file) {
                // The folder may hold files of others, which are not ours to remove.
                let stem = file.hasSuffix(Self.unfinished) ? file.dropLast(Self.unfinished.count) : file[...]
                guard Self.isUpload(stem) else { continue }
                let path = "\(uploads)/\(file)"
                let attributes = try? FileManager.default.attributesOfItem(atPath: path)
                guard attributes?[.type] as? FileAttributeType == .typeRegular,
                    let date = attributes?[.modificationDate] as? Date,
                    date.timeIntervalSinceNow < -Self.orphanAge
                else { continue }
                try FileManager.default.removeItem(atPath: path)
                count += 1
            }
            return count
        }
    }
}
