internal import RecCompute
public import RecCore

/// Makes small JPEG files of pictures on threads of its own, for the pages of a shop.
///
/// ```swift
/// let thumbnails = try ThumbnailQueue(threads: 1, maximumPixelCount: 25_000_000)
/// let file = try await thumbnails.jpeg(of: .file("shirt.jpg"), maximumWidth: 320)
/// ```
/// Decoding and resizing take milliseconds, in which a thread of the cooperative pool could answer other requests. On
/// Linux, the queue's threads have a lower priority than the pool's.
///
/// Create one queue at start-up and share it. It keeps no files: a host caches them, or puts a cache in front of its
/// server.
public final class ThumbnailQueue: Sendable {
    private let reader: PictureReader
    private let encoder: JPEGEncoder
    private let capacity: Int
    private let executor: ThreadExecutor
    private let pending = LockedValue(0)

    /// Creates a queue.
    ///
    /// - Parameters:
    ///   - threads: The number of threads, and of pictures that are made at once.
    ///   - capacity: The number of pictures that may be made or wait.
    ///   - quality: The quality of the files in libjpeg's scale, 1 (small) to 100 (good).
    ///   - maximumPixelCount: The greatest number of pixels in a picture.
    /// - Throws: `RecError` with code `invalidSetting` when `threads` is not in 1...256, `quality` is not in 1...100, or
    ///   another number is less than 1.
    public init(
        threads: Int = 1,
        capacity: Int = 256,
        quality: Int = 80,
        maximumPixelCount: Int = 178_956_970
    ) throws(RecError) {
        guard (1...256).contains(threads), capacity > 0, (1...100).contains(quality), maximumPixelCount > 0 else {
            throw RecError(
                .invalidSetting,
                "A thumbnail queue cannot have \(threads) threads, a capacity of \(capacity), a quality of \(quality) and "
                    + "a limit of \(maximumPixelCount) pixels. Use 1 to 256 threads, a quality from 1 to 100, and at "
                    + "least 1 for the others."
            )
        }
        reader = PictureReader(maximumPixelCount: maximumPixelCount)
        encoder = JPEGEncoder(quality: quality)
        self.capacity = capacity
        executor = ThreadExecutor(threads: threads, niceness: 5)
    }

    /// A JPEG file with the picture, upright and at most so wide; its height keeps the proportion.
    ///
    /// A picture that is narrower keeps its size.
    ///
    /// - Parameters:
    ///   - source: The picture, in any format that this build can read.
    ///   - width: The greatest width in pixels, at least 1.
    /// - Returns: The bytes of the file.
    /// - Throws: `RecError` with code `queueFull` at once when the queue has no room, `invalidSetting` for a width less
    ///   than 1, and the errors of pictures that cannot be read, as ``CNNFeatureExtractor`` throws them; the errors of a
    ///   deferred source; `CancellationError` when the task was cancelled before the picture had its turn.
    public func jpeg(of source: PictureSource, maximumWidth width: Int) async throws -> [UInt8] {
        guard width > 0 else {
            throw RecError(.invalidSetting, "The width is \(width); it must be at least 1.")
        }
        try pending.withLock { pending throws(RecError) in
            guard pending < capacity else {
                throw RecError(.queueFull, "\(pending) pictures are waiting already. Try again later.")
            }
            pending += 1
        }
        defer { pending.withLock { $0 -= 1 } }
        let source = try await source.loaded()
        return try await withTaskExecutorPreference(executor) { try await self.make(source, width) }
    }

    @concurrent private func make(_ source: PictureSource, _ width: Int) async throws -> [UInt8] {
        try Task.checkCancellation()
        let picture = try reader.read(source, scale: .reduced(shortSide: width)).image
        return try encoder.encode(picture.narrowed(to: width))
    }
}

extension RGBImage {
    /// The picture at most so wide, in the same proportion.
    fileprivate func narrowed(to width: Int) -> RGBImage {
        guard self.width > width else { return self }
        let height = max(1, Int((Double(self.height) * Double(width) / Double(self.width)).rounded()))
        return resized(to: ImageSize(width: width, height: height))
    }
}
