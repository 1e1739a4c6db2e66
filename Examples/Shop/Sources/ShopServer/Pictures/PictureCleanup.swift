import Foundation
import Logging
import NIOPosix
import RecCore
import ServiceLifecycle

/// Removes uploaded pictures that no product names.
///
/// A server that is killed leaves such pictures, and so do several changes of one product at the same time. All products
/// are read to find them, so it works in the background: after the start, and after a reload that keeps the index. An index
/// that a reload replaced may come back, with its pictures.
final class PictureCleanup: Service {
    private let generations: GenerationSwitch
    private let logger: Logger
    private let requests: AsyncStream<Void>
    private let requester: AsyncStream<Void>.Continuation

    init(_ generations: GenerationSwitch, logger: Logger) {
        self.generations = generations
        self.logger = logger
        (requests, requester) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Asks for a cleanup; any number of calls while one is under way lead to one more.
    func request() { requester.yield() }

    /// Waits for requests until the server shuts down, which also ends a cleanup that is under way.
    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            for await _ in requests { await removeOrphans() }
        }
    }

    /// Removes the pictures now, and logs how many.
    func removeOrphans() async {
        do {
            let orphans = try await generations.withCurrent { try await self.orphans(of: $0) }
            try await NIOThreadPool.singleton.runIfActive {
                for path in orphans { try FileManager.default.removeItem(atPath: path) }
            }
            guard !orphans.isEmpty else { return }
            logger.info(
                "Removed pictures that no product names.",
                metadata: ["count": .stringConvertible(orphans.count)]
            )
        } catch is CancellationError {
            // The next start does it.
        } catch {
            logger.warning("Removing pictures that no product names failed.", metadata: ["error": "\(error)"])
        }
    }

    /// The paths of old pictures that no product names.
    private func orphans(of generation: Generation) async throws -> [String] {
        guard generation.embedder != nil else { return [] }
        var candidates = try await generation.pictures.oldUploads()
        var last: ProductID?
        while !candidates.isEmpty {
            try Task.checkCancellation()
            let ids = try await generation.index.index.ids(after: last, count: 1000)
            guard !ids.isEmpty else { break }
            for name in try await generation.index.products(ids).compactMap({ $0?.picture }) { candidates[name] = nil }
            last = ids.last
        }
        return Array(candidates.values)
    }
}
