import Foundation
import NIOCore
import NIOPosix
import RecCore
import RecImage

/// Small JPEG files of the products' pictures, each made once and kept in memory while there is room.
actor PictureCache {
    private struct Key: Hashable, Sendable {
        let path: String
        let width: Int
        /// A file that was replaced is another picture.
        let date: Date?
        let size: Int?
    }

    private let thumbnails: ThumbnailQueue
    private var files: RecentValues<Key, TaggedBytes>
    private var underWay: [Key: Task<TaggedBytes, any Error>] = [:]

    /// - Parameters:
    ///   - thumbnails: Makes the files.
    ///   - limit: The greatest number of bytes to keep.
    init(_ thumbnails: ThumbnailQueue, limit: Int) {
        self.thumbnails = thumbnails
        files = RecentValues(limit: limit)
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
        if let file = files.value(for: key) { return file }
        if let task = underWay[key] { return try await task.value }
        let task = Task { [thumbnails] in
            TaggedBytes(ByteBuffer(bytes: try await thumbnails.jpeg(of: .file(path), maximumWidth: width)))
        }
        underWay[key] = task
        defer { underWay[key] = nil }
        let file = try await task.value
        files.keep(file, size: file.bytes.readableBytes, for: key)
        return file
    }
}
