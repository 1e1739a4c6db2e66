import RecCore
import RecImage
import RecTesting
import Testing

@Suite struct `A thumbnail queue` {
    @Test(arguments: [(300, 200, 150, 100), (200, 301, 50, 75), (40, 30, 40, 30), (1000, 1, 100, 1)])
    func `makes a picture at most so wide, in the same proportion`(
        width: Int,
        height: Int,
        smallWidth: Int,
        smallHeight: Int
    ) async throws {
        let original = smoothPicture(width, height)
        let queue = try ThumbnailQueue(quality: 95)
        let bytes = try await queue.jpeg(of: .image(original), maximumWidth: smallWidth)
        let small = try PictureReader().read(bytes).image
        #expect(small.size == ImageSize(width: smallWidth, height: smallHeight))
        #expect(small.signalToNoise(against: original.resized(to: small.size)) > 25)
    }

    @Test func `turns a picture upright and reads what is fetched`() async throws {
        let picture = smoothPicture(64, 32)
        let bytes = try JPEGEncoder().encode(picture)
        let queue = try ThumbnailQueue(threads: 2)
        let made = try await queue.jpeg(of: .deferred { bytes }, maximumWidth: 32)
        #expect(try PictureReader().read(made).image.size == ImageSize(width: 32, height: 16))
        #expect(try await queue.jpeg(of: .data(bytes), maximumWidth: 32) == made)
    }

    @Test func `many callers get their own pictures`() async throws {
        let queue = try ThumbnailQueue(threads: 3)
        let widths = Array(10...60)
        let made = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
            for width in widths {
                group.addTask {
                    (width, try await queue.jpeg(of: .image(smoothPicture(90, 60)), maximumWidth: width))
                }
            }
            return try await group.reduce(into: [Int: [UInt8]]()) { $0[$1.0] = $1.1 }
        }
        for width in widths {
            #expect(try PictureReader().read(#require(made[width])).image.width == width)
        }
    }

    @Test func `refuses what it cannot read, what is too large, and settings out of range`() async throws {
        let queue = try ThumbnailQueue(maximumPixelCount: 1000)
        func code(_ source: PictureSource, _ width: Int = 10) async -> RecError.Code? {
            await #expect(throws: RecError.self) { try await queue.jpeg(of: source, maximumWidth: width) }?.code
        }
        #expect(await code(.data(Array("text".utf8))) == .unknownPictureFormat)
        #expect(await code(.data([])) == .emptyFile)
        #expect(await code(.file("/no/such/file.jpg")) == .fileNotFound)
        #expect(await code(.data(try JPEGEncoder().encode(smoothPicture(40, 30)))) == .imageTooLarge)
        #expect(await code(.image(smoothPicture(4, 4)), 0) == .invalidSetting)
        for (threads, capacity, quality, pixels) in [(0, 1, 80, 1), (1, 0, 80, 1), (1, 1, 101, 1), (1, 1, 80, 0)] {
            let error = #expect(throws: RecError.self) {
                try ThumbnailQueue(
                    threads: threads,
                    capacity: capacity,
                    quality: quality,
                    maximumPixelCount: pixels
                )
            }
            #expect(error?.code == .invalidSetting)
        }
    }

    @Test func `refuses at once what it has no room for, and has room again later`() async throws {
        let queue = try ThumbnailQueue(capacity: 1)
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let (opened, open) = AsyncStream.makeStream(of: Void.self)
        let bytes = try JPEGEncoder().encode(smoothPicture(8, 8))
        let first = Task {
            try await queue.jpeg(
                of: .deferred {
                    start.finish()
                    for await _ in opened {}
                    return bytes
                },
                maximumWidth: 4
            )
        }
        for await _ in started {}
        let error = await #expect(throws: RecError.self) { try await queue.jpeg(of: .data(bytes), maximumWidth: 4) }
        #expect(error?.code == .queueFull)
        open.finish()
        let made = try await first.value
        #expect(try await queue.jpeg(of: .data(bytes), maximumWidth: 4) == made)
    }

    @Test func `a cancelled call makes nothing`() async throws {
        let queue = try ThumbnailQueue()
        let (waiting, _) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            // Ends when the task is cancelled.
            for await _ in waiting {}
            return try await queue.jpeg(of: .image(smoothPicture(8, 8)), maximumWidth: 4)
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
