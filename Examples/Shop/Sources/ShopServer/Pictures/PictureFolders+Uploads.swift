import Foundation
import NIOPosix

extension PictureFolders {
    /// What names of files that are being written end with.
    private static let unfinished = ".part"

    /// How long a picture is kept, in seconds, whether a product names it or not.
    private static let orphanAge: TimeInterval = 3600

    /// The path of an uploaded picture; `nil` for other names.
    func uploadedFile(of name: String) -> String? {
        guard let uploads, name.hasPrefix(Self.uploadMark) else { return nil }
        let file = name.dropFirst(Self.uploadMark.count)
        return Self.isUpload(file) ? "\(uploads)/\(file)" : nil
    }

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
        guard let path = uploadedFile(of: name) else { return }
        _ = try? await NIOThreadPool.singleton.runIfActive { try FileManager.default.removeItem(atPath: path) }
    }

    /// The uploaded pictures that are older than an hour, and files that were never finished: the path of each by its name
    /// in the index.
    ///
    /// A younger picture may belong to a product that is on its way into the index.
    func oldUploads() async throws -> [String: String] {
        guard let uploads else { return [:] }
        return try await NIOThreadPool.singleton.runIfActive {
            var found: [String: String] = [:]
            for file in (try? FileManager.default.contentsOfDirectory(atPath: uploads)) ?? [] {
                // The folder may hold files of others, which are not ours to remove.
                let stem = file.hasSuffix(Self.unfinished) ? file.dropLast(Self.unfinished.count) : file[...]
                guard Self.isUpload(stem) else { continue }
                let path = "\(uploads)/\(file)"
                let attributes = try? FileManager.default.attributesOfItem(atPath: path)
                guard attributes?[.type] as? FileAttributeType == .typeRegular,
                    let date = attributes?[.modificationDate] as? Date,
                    date.timeIntervalSinceNow < -Self.orphanAge
                else { continue }
                found[Self.uploadMark + file] = path
            }
            return found
        }
    }
}
