import RecCore
import RecImage

/// Tasks that search by picture, one search after another.
final class PictureLoad: Sendable {
    let latencies = SharedLatencies()
    private let tasks: [Task<Void, any Error>]

    init(count: Int, extractor: any FeatureExtractor<PictureSource>, shop: Shop, pictures: [PictureSource]) {
        tasks = (0..<count).map { [latencies] first in
            Task.detached {
                var next = first * 7
                while !Task.isCancelled {
                    let start = ContinuousClock.now
                    let features = try await extractor.features(of: pictures[next % pictures.count])
                    _ = try await shop.similar(to: features)
                    latencies.add(.now - start)
                    next += 1
                }
            }
        }
    }

    /// Ends the searches and waits for them.
    ///
    /// - Throws: Why a search failed.
    func stop() async throws {
        for task in tasks { task.cancel() }
        for task in tasks {
            do { try await task.value } catch is CancellationError {}
        }
    }
}
