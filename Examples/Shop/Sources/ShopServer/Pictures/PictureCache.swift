import Foundation
import NIOCore
import NIOPosix
import RecCore
import RecImage

/// Small JPEG files of the products' pictures, each made once and kept in memory while there is room.
actor PictureCache {
    private struct Key: Hashable {
        let path: String
        let width: Int
        /// A file that was replaced is another picture.
        let date: Date?
        let size: Int?
    }

    private let thumbnails: ThumbnailQueue
    private let limit: Int
    private var files: [Key: (file: TaggedBytes, lastUse: Int)] = [:]
    private var underWay: [Key: Task<TaggedBytes, any Error>] = [:]
    private var uses = 0
    private var size = 0

    /// - Parameters:
    ///   - thumbnails: Makes the files.
    ///   - limit: The greatest number of bytes to keep.
    init(_ thumbnails: ThumbnailQueue, limit: Int) {
        self.thumbnails = thumbnails
        self.limit = limit
    }

    /// The picture in a file, at most so wide.
    ///
    /// - Throws: The errors of `ThumbnailQueue`.
    func picture(at path: String, width: Int) async throws -> TaggedBytes {
        let attributes = try await NIOThreadPool.singleton.runIfActive {
            let found = try? FileManager.default.attributesOfItem(atPath: path)
            return (found?[.modificationDate] as? Date, found?[.size] as? Int)
        }
        let key = Key(path: path, width: width, date: attributes.0, size: attributes.1)
        uses += 1
        if let file = files[key]?.file {
            files[key]?.lastUse = uses
            return file
        }
        if let task = underWay[key] { return try await task.value }
        let task = Task { [thumbnails] in
            TaggedBytes(ByteBuffer(bytes: try await thumbnails.jpeg(of: .file(path), maximumWidth: width)))
        }
        underWay[key] = task
        defer { underWay[key] = nil }
        let file = try await task.value
        keep(file, key)
        return file
    }

    private func keep(_ file: TaggedBytes, _ key: Key) {
        guard file.bytes.readableBytes <= limit, files[key] == nil else { return }
        files[key] = (file, uses)
        size += file.bytes.readableBytes
        guard size > limit else { return }
        // A quarter at a time, so that sorting is rare.
        for (key, entry) in files.sorted(by: { $0.value.lastUse < $1.value.lastUse }) where size > limit / 4 * 3 {
            files[key] = nil
            size -= entry.file.bytes.readableBytes
        }
    }
}
